#pragma once

#include <map>
#include <string>

#include "core/diag/expected.hpp"
#include "core/tensor/tensor_graph.hpp"
#include "systemgen/network/stream_order.hpp"

namespace sluice {

/// The layouts that are asked for.
struct StreamLayouts {
  StreamLayout all = StreamLayout::row_major;
  std::map<std::string, StreamLayout> ports;  ///< by the model's name for an input or output; these come before `all`
};

/// The orders of the graph's inputs and outputs. Refuses names of none of them, and channels-last for a tensor, named
/// by itself, that has no channels.
Expected<StreamOrders> stream_orders(const TensorGraph& graph, const StreamLayouts& layouts);

}  // namespace sluice
