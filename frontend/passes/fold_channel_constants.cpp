#include <algorithm>
#include <array>

#include "frontend/passes/channel_map.hpp"

namespace sluice {
namespace {

/// An Add, Sub, Mul or Div of a result and a constant.
struct ConstantStep {
  int data = 0;  ///< the operand that is not constant
  std::shared_ptr<const Tensor> constant;
};

std::optional<ConstantStep> constant_step(const Rewrite& rewrite, TensorGraph::NodeId node) {
  static constexpr std::array kOps{"Add", "Mul", "Sub", "Div"};
  const std::string& op = rewrite[node].op;
  if (std::ranges::find(kOps, op) == kOps.end() || !rewrite[node].epilogues.empty()) return std::nullopt;
  if (const auto constant = rewrite.constant(node, 1)) return ConstantStep{0, constant};
  const bool commutes = op == "Add" || op == "Mul";
  if (const auto constant = rewrite.constant(node, 0); constant && commutes) return ConstantStep{1, constant};
  return std::nullopt;
}

/// The constant's value for each channel; none if it varies along another axis of the result.
std::optional<std::vector<double>> by_channel(const Tensor& constant, const Shape& result, int axis) {
  const std::int64_t channels = result.at(static_cast<std::size_t>(axis));
  const auto values = constant.to_doubles();
  if (values.size() == 1 && constant.shape().size() <= result.size()) {
    return std::vector<double>(static_cast<std::size_t>(channels), values[0]);
  }
  const std::size_t missing = result.size() - std::min(result.size(), constant.shape().size());
  const std::size_t at = static_cast<std::size_t>(axis) - missing;
  if (missing > static_cast<std::size_t>(axis) || constant.shape().at(at) != channels) return std::nullopt;
  if (static_cast<std::int64_t>(values.size()) != channels) return std::nullopt;
  return values;
}

ChannelMap channel_map_of(const std::string& op, const std::vector<double>& values) {
  ChannelMap map{std::vector<double>(values.size(), 1.0), std::vector<double>(values.size(), 0.0)};
  for (std::size_t c = 0; c < values.size(); ++c) {
    if (op == "Mul") map.multiply[c] = values[c];
    if (op == "Div") map.multiply[c] = 1.0 / values[c];
    if (op == "Add") map.add[c] = values[c];
    if (op == "Sub") map.add[c] = -values[c];
  }
  return map;
}

}  // namespace

/// Puts additions and multiplications of one constant for each channel into the weights and bias of the operator before
/// them, where nothing else reads that one.
std::size_t fold_channel_constants(TensorGraph& graph) {
  Rewrite rewrite(graph);
  std::size_t changes = 0;
  for (const auto node : rewrite.operators()) {
    const auto step = constant_step(rewrite, node);
    const auto producer = step ? weighted_producer(rewrite, node, step->data) : std::nullopt;
    if (!producer) continue;
    const Shape shape = rewrite[*producer].outputs[0].type.shape;
    if (rewrite[node].outputs[0].type.shape != shape) continue;
    const auto values = by_channel(*step->constant, shape, channel_axis(rewrite, *producer));
    if (!values || !fold_into_weights(rewrite, *producer, channel_map_of(rewrite[node].op, *values))) continue;
    rewrite.absorb(*producer, node);
    ++changes;
  }
  rewrite.commit();
  return changes;
}

}  // namespace sluice
