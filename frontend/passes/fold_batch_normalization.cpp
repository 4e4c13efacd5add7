#include <array>
#include <cmath>

#include "frontend/passes/channel_map.hpp"

namespace sluice {
namespace {

/// What a BatchNormalization does to each channel; none if its parameters are not known.
std::optional<ChannelMap> channel_map_of(const OpContext& context) {
  std::array<std::vector<double>, 4> parameters;  // scale, bias, mean, variance
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (!context.has(i + 1) || !context.operands[i + 1].constant) return std::nullopt;
    parameters[i] = context.operands[i + 1].constant->to_doubles();
  }
  const auto& [scale, bias, mean, variance] = parameters;
  const double epsilon = context.real("epsilon", 1e-5F);
  ChannelMap map;
  for (std::size_t c = 0; c < scale.size(); ++c) {
    map.multiply.push_back(scale[c] / std::sqrt(variance.at(c) + epsilon));
    map.add.push_back(bias.at(c) - mean.at(c) * map.multiply[c]);
  }
  return map;
}

}  // namespace

/// Puts a BatchNormalization into the weights and bias of the operator before it, where nothing else reads that one.
std::size_t fold_batch_normalization(TensorGraph& graph) {
  Rewrite rewrite(graph);
  std::size_t changes = 0;
  for (const auto node : rewrite.operators()) {
    if (rewrite[node].op != "BatchNormalization" || rewrite[node].outputs.size() != 1) continue;
    const auto producer = weighted_producer(rewrite, node, 0);
    if (!producer || channel_axis(rewrite, *producer) != 1 || !rewrite[node].epilogues.empty()) continue;
    const auto map = channel_map_of(rewrite.context(node));
    if (!map || static_cast<std::int64_t>(map->add.size()) != channel_count(rewrite, *producer)) continue;
    if (!fold_into_weights(rewrite, *producer, *map)) continue;
    rewrite.absorb(*producer, node);
    ++changes;
  }
  rewrite.commit();
  return changes;
}

}  // namespace sluice
