#pragma once

#include <onnx/onnx_pb.h>

#include <vector>

#include "core/diag/expected.hpp"

namespace sluice {

/// The nodes that the graph's outputs need, each after the makers of its inputs; the model's own order where it is such
/// an order. Reports tensors made twice, inputs and outputs that nothing makes, and cycles.
Expected<std::vector<const onnx::NodeProto*>> ordered_nodes(const onnx::GraphProto& graph);

/// How messages name a node: its name, or its operator and first output.
std::string node_label(const onnx::NodeProto& node);

}  // namespace sluice
