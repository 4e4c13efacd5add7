#pragma once

#include <functional>
#include <vector>

#include "core/diag/expected.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {

struct EvaluateOptions {
  /// Called with the values of every node's outputs, in the order of computation; may be empty.
  std::function<void(TensorGraph::NodeId, const std::vector<std::shared_ptr<const Tensor>>&)> observe;
};

/// The graph's outputs for these inputs, both in the graph's order: ONNX's meaning on the host, operator by operator.
/// It is the reference of everything that the graph becomes.
Expected<std::vector<Tensor>> evaluate(const TensorGraph& graph, const std::vector<Tensor>& inputs,
                                       const EvaluateOptions& options = {});

}  // namespace sluice
