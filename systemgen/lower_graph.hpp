#pragma once

#include <vector>

#include "core/diag/expected.hpp"
#include "core/kernel/kernel.hpp"
#include "core/tensor/tensor_graph.hpp"

namespace sluice {

/// Level 1 to 2: a kernel for each operator of an optimised graph, in topological order, but for Transposes that other
/// kernels can do as they read or write; verified.
Expected<std::vector<Kernel>> lower_graph(const TensorGraph& graph);

}  // namespace sluice
