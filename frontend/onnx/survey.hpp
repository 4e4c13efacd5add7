#pragma once

#include <onnx/onnx_pb.h>

#include <filesystem>
#include <vector>

#include "core/diag/expected.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {

/// A node of the model that passed the survey.
struct ModelNode {
  const onnx::NodeProto* proto;
  const OpDef* def;  ///< null for a Constant
  std::string name;  ///< unique
  std::string op;    ///< as Operator::op
  int opset;
  Attributes attributes;
};

/// All nodes that the model's outputs need, in topological order: or everything that can be said against them before
/// any shape is known. That is unknown operators, operator sets out of range, attributes that are not understood or of
/// the wrong kind, missing operands.
Expected<std::vector<ModelNode>> survey(const onnx::ModelProto& model, const std::filesystem::path& folder);

}  // namespace sluice
