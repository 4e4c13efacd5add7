#include <fmt/format.h>

#include <variant>

#include "core/tensor/tensor.hpp"
#include "frontend/ops/movement.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// The element that fills the tensor: a float 0 unless the attribute says otherwise.
Tensor filling(const OpContext& context) {
  const auto found = context.node.attributes.find("value");
  if (found == context.node.attributes.end()) return Tensor({ElementType::float32, {1}});
  if (const auto* value = std::get_if<Tensor>(&found->second)) return *value;
  throw WrongAttributeKind("attribute 'value' is not a tensor");
}

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  const auto shape = integer_list(context, 0, "input");
  if (!shape) return shape.errors();
  const Shape extents = shape->value_or(Shape());
  if (!checked_element_count(extents)) {
    return context.error(fmt::format("{} is not a shape", to_string(extents)), "extents must not be negative");
  }
  const Tensor value = filling(context);
  if (value.size() != 1) return context.error("attribute 'value' has more than one element");
  return std::vector<TensorType>{{value.element(), extents}};
}

std::vector<Tensor> evaluate(const OpContext& context) {
  Tensor tensor(infer(context).value()[0]);
  const std::uint64_t bits = filling(context).bits(0);
  for (std::int64_t i = 0; i < tensor.size(); ++i) tensor.set_bits(i, bits);
  return {tensor};
}

}  // namespace

const OpDef& constantofshape_op() {
  static const OpDef def{.name = "ConstantOfShape",
                         .attributes = {"value"},
                         .infer = infer,
                         .evaluate = evaluate,
                         .lower = nullptr,
                         .scalar = nullptr};
  return def;
}

}  // namespace sluice
