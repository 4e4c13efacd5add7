#pragma once

#include <vector>

#include "core/diag/expected.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {

/// Types of a node's named outputs, its epilogues applied to output 0.
Expected<std::vector<TensorType>> infer_node(const OpContext& context);

/// Values of a node's named outputs, its epilogues applied to output 0. All its operands must be known, unless the
/// operator asks only for their shapes.
Expected<std::vector<Tensor>> evaluate_node(const OpContext& context);

/// Whether the node's value follows from what is known: all operands are constant, or it asks only for a shape.
bool folds(const OpContext& context);

/// What is wrong with a graph's operators: not known, or outputs declared with other types than inference finds.
Diagnostics verify_operators(const TensorGraph& graph);

}  // namespace sluice
