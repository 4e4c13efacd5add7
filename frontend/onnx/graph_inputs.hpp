#pragma once

#include <onnx/onnx_pb.h>

#include <string>
#include <vector>

#include "core/diag/expected.hpp"
#include "core/tensor/tensor.hpp"
#include "frontend/onnx/import.hpp"

namespace sluice {

/// An input of the model with the shape that it gets.
struct GraphInput {
  std::string name;
  TensorType type;
};

struct GraphInputs {
  std::vector<GraphInput> inputs;  ///< in the model's order, without those that are initializers
  bool reshaped = false;           ///< the options gave an input another shape than the model says
};

/// Decides the shapes of the inputs: what the options say, else what the model says, where a leading dimension without
/// a size is the batch and becomes 1.
Expected<GraphInputs> graph_inputs(const onnx::GraphProto& graph, const ImportOptions& options);

}  // namespace sluice
