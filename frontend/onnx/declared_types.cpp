#include "frontend/onnx/declared_types.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "frontend/onnx/data_type.hpp"

namespace sluice {
namespace {

/// Whether the declared shape allows the inferred one; a dimension without a size allows any.
bool allows(const onnx::TensorShapeProto& declared, const Shape& inferred) {
  if (static_cast<std::size_t>(declared.dim_size()) != inferred.size()) return false;
  for (int i = 0; i < declared.dim_size(); ++i) {
    const auto& dimension = declared.dim(i);
    const bool has_size = dimension.has_dim_value() && dimension.dim_value() > 0;
    if (has_size && dimension.dim_value() != inferred[static_cast<std::size_t>(i)]) return false;
  }
  return true;
}

std::string text_of(const onnx::TypeProto_Tensor& type) {
  std::string text = onnx_type_name(type.elem_type());
  if (!type.has_shape()) return text;
  std::vector<std::string> extents;
  for (const auto& dimension : type.shape().dim()) {
    extents.push_back(dimension.has_dim_value() ? std::to_string(dimension.dim_value()) : "?");
  }
  return text + fmt::format("[{}]", fmt::join(extents, ","));
}

}  // namespace

Diagnostics check_declared_types(const onnx::GraphProto& graph, const GraphBuilder& builder) {
  Diagnostics diagnostics;
  const auto check = [&](const onnx::ValueInfoProto& value) {
    const TensorType* inferred = builder.type_of(value.name());
    if (!inferred || !value.type().has_tensor_type()) return;
    const auto& declared = value.type().tensor_type();
    const bool type_fits = declared.elem_type() == 0 || declared.elem_type() == onnx_type_of(inferred->element);
    if (type_fits && (!declared.has_shape() || allows(declared.shape(), inferred->shape))) return;
    diagnostics.push_back(
        {fmt::format("tensor '{}'", value.name()),
         fmt::format("the model declares it as {}, but its maker gives {}", text_of(declared), to_string(*inferred)),
         "the model contradicts itself: remove the declaration, or export the model again"});
  };
  for (const auto& value : graph.value_info()) check(value);
  for (const auto& value : graph.output()) check(value);
  return diagnostics;
}

}  // namespace sluice
