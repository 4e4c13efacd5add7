#pragma once

#include <onnx/onnx_pb.h>

#include "core/diag/diagnostic.hpp"
#include "frontend/onnx/graph_builder.hpp"

namespace sluice {

/// Where the types that the model itself declares (of its outputs and in value_info) contradict the inferred ones.
Diagnostics check_declared_types(const onnx::GraphProto& graph, const GraphBuilder& builder);

}  // namespace sluice
