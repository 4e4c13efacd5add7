#pragma once

#include <optional>
#include <vector>

#include "frontend/passes/rewrite.hpp"

namespace sluice {

/// y' = multiply[c] * y + add[c] for each channel c of an operator's result.
struct ChannelMap {
  std::vector<double> multiply;
  std::vector<double> add;
};

/// The operator that may take over what its only reader `follower` does to its result, if it is a Conv, ConvTranspose,
/// Gemm or MatMul of float32 with constant weights and without epilogues, read without a view.
std::optional<TensorGraph::NodeId> weighted_producer(const Rewrite& rewrite, TensorGraph::NodeId follower, int operand);

/// Channels of such an operator's result, and the axis of it that counts them.
std::int64_t channel_count(const Rewrite& rewrite, TensorGraph::NodeId producer);
int channel_axis(const Rewrite& rewrite, TensorGraph::NodeId producer);

/// Puts the map into the operator's weights and bias, computed in float64 and rounded once. False, and nothing changed,
/// if that is not possible: a MatMul has no bias, and results must be finite.
bool fold_into_weights(Rewrite& rewrite, TensorGraph::NodeId producer, const ChannelMap& map);

}  // namespace sluice
