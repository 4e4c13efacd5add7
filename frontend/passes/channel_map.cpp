#include "frontend/passes/channel_map.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace sluice {
namespace {

using NodeId = TensorGraph::NodeId;

bool is_matrix_product(const Operator& node) { return node.op == "Gemm" || node.op == "MatMul"; }

/// The output channel that each weight element serves.
std::vector<std::size_t> channels_of_weights(const OpContext& context, const Shape& shape) {
  std::vector<std::size_t> channels(static_cast<std::size_t>(element_count(shape)));
  const auto inner = static_cast<std::size_t>(row_major_strides(shape)[0]);  // elements for one index of the first axis
  const auto last = static_cast<std::size_t>(shape.back());
  const bool by_first = context.node.op == "Conv" || (context.node.op == "Gemm" && context.integer("transB", 0) != 0);
  if (context.node.op == "ConvTranspose") {
    const auto groups = static_cast<std::size_t>(context.integer("group", 1));
    const auto out = static_cast<std::size_t>(shape[1]);  // channels of one group
    const std::size_t in = static_cast<std::size_t>(shape[0]) / groups;
    for (std::size_t i = 0; i < channels.size(); ++i) channels[i] = i / inner / in * out + i % inner / (inner / out);
  } else {
    for (std::size_t i = 0; i < channels.size(); ++i) channels[i] = by_first ? i / inner : i % last;
  }
  return channels;
}

bool all_finite(const Tensor& tensor) {
  return std::ranges::all_of(tensor.as<float>(), [](float value) { return std::isfinite(value); });
}

/// The bias with one element for each channel, zeros if there is none; none if it is not constant or not of that form.
std::optional<std::vector<double>> bias_of(const Rewrite& rewrite, NodeId node, std::size_t channels) {
  if (!rewrite.operand(node, 2)) return std::vector<double>(channels, 0.0);
  const auto bias = rewrite.constant(node, 2);
  if (!bias || (bias->size() != 1 && static_cast<std::size_t>(bias->shape().back()) != channels)) return std::nullopt;
  auto values = bias->to_doubles();
  if (values.size() == 1) values.resize(channels, values[0]);
  if (values.size() != channels) return std::nullopt;
  return values;
}

}  // namespace

std::optional<NodeId> weighted_producer(const Rewrite& rewrite, NodeId follower, int operand) {
  static constexpr std::array kOps{"Conv", "ConvTranspose", "Gemm", "MatMul"};
  const auto use = rewrite.operand(follower, operand);
  if (!use || rewrite.graph()[*use].view) return std::nullopt;
  const NodeId producer = rewrite.graph().source(*use);
  const Operator& node = rewrite[producer];
  if (std::ranges::find(kOps, node.op) == kOps.end() || !node.epilogues.empty()) return std::nullopt;
  if (node.op == "Conv" && rewrite.operand(producer, 3))
    return std::nullopt;  // adds a tensor, which it would scale too
  if (rewrite.only_reader(producer) != use || node.outputs[0].type.element != ElementType::float32) return std::nullopt;
  const auto weights = rewrite.constant(producer, 1);
  if (!weights || weights->rank() < 2) return std::nullopt;
  return producer;
}

int channel_axis(const Rewrite& rewrite, NodeId producer) {
  const auto rank = static_cast<int>(rewrite[producer].outputs[0].type.shape.size());
  return is_matrix_product(rewrite[producer]) ? rank - 1 : 1;
}

std::int64_t channel_count(const Rewrite& rewrite, NodeId producer) {
  return rewrite[producer].outputs[0].type.shape.at(static_cast<std::size_t>(channel_axis(rewrite, producer)));
}

bool fold_into_weights(Rewrite& rewrite, NodeId producer, const ChannelMap& map) {
  const OpContext context = rewrite.context(producer);
  const double bias_factor = context.node.op == "Gemm" ? context.real("beta", 1.0F) : 1.0;
  const bool adds = std::ranges::any_of(map.add, [](double value) { return value != 0; });
  const bool biased = adds || rewrite.operand(producer, 2);
  auto bias = bias_of(rewrite, producer, map.add.size());
  if (biased && (!bias || bias_factor == 0 || context.node.op == "MatMul")) return false;

  const Tensor& old = *context.operands[1].constant;
  Tensor weights = old;
  const auto channels = channels_of_weights(context, old.shape());
  const auto values = weights.as<float>();
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<float>(static_cast<double>(values[i]) * map.multiply.at(channels[i]));
  }
  Tensor new_bias({ElementType::float32, {static_cast<std::int64_t>(map.add.size())}});
  for (std::size_t c = 0; biased && c < map.add.size(); ++c) {
    new_bias.as<float>()[c] = static_cast<float>((*bias)[c] * map.multiply[c] + map.add[c] / bias_factor);
  }
  if (!all_finite(weights) || !all_finite(new_bias)) return false;

  const auto replace = [&](int operand, Tensor tensor, const std::string& name) {
    const Shape shape = tensor.shape();
    rewrite.connect(rewrite.add_constant(name, std::move(tensor)), producer, operand, shape);
  };
  const std::string name = rewrite[producer].name;  // adding nodes ends the context's life
  replace(1, std::move(weights), name + "_weights");
  if (biased) replace(2, std::move(new_bias), name + "_bias");
  return true;
}

}  // namespace sluice
