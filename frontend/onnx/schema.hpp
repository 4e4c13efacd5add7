#pragma once

#include <onnx/onnx_pb.h>

#include <optional>

#include "core/diag/diagnostic.hpp"
#include "frontend/ops/op_def.hpp"

/// What ONNX's own operator schemas, as installed, say about a node. A node of an operator set newer than the library,
/// or of another domain, is checked only as far as the newest known schema certainly holds.
namespace sluice::schema {

/// The kind that the attribute must have; none if the schema does not say.
std::optional<onnx::AttributeProto::AttributeType> attribute_kind(const std::string& op, const std::string& domain,
                                                                  int opset, const std::string& attribute);

/// Missing attributes, and operands and outputs that are missing or too many. `where` of the diagnostics is `label`.
Diagnostics check_form(const onnx::NodeProto& node, const std::string& domain, int opset, const std::string& label);

/// Operands of element types that the operator does not take, and operands that must be of one type but are not.
Diagnostics check_types(const OpContext& context);

/// Constant operands that decide the result's shape (pads, repeats, ...) and have absurd values. Those are the operands
/// that must be of int64: data may be of other types too, and so may the ends of a Slice, which it clips.
Diagnostics check_sizes(const OpContext& context);

}  // namespace sluice::schema
