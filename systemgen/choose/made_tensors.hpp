#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/tensor/tensor_graph.hpp"
#include "frontend/loops/stream_sums.hpp"
#include "systemgen/network/stream_order.hpp"

namespace sluice {

/// How the tensors of a graph are made, by name: the inputs as their streams carry them, results as the kernels store
/// them. One that is stored in several ways is not there.
std::map<std::string, MadeTensor> made_tensors(const TensorGraph& graph, const std::vector<Kernel>& kernels,
                                               const StreamOrders& orders);

}  // namespace sluice
