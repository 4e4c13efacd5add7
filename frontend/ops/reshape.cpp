#include <fmt/format.h>

#include <algorithm>

#include "frontend/ops/movement.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// The wanted shape with 0 (keep the extent) and -1 (whatever is left) replaced.
Expected<Shape> resolved_shape(const OpContext& context) {
  const Shape& x = context.operands[0].type.shape;
  const auto wanted = integer_list(context, 1, "shape");
  if (!wanted) return wanted.errors();
  if (!*wanted) return context.error("the new shape is missing");
  Shape shape = **wanted;
  const auto refuse = [&] {
    return context.error(fmt::format("{} can't become {}", to_string(x), to_string(**wanted)),
                         "both must have equally many elements");
  };
  if (context.integer("allowzero", 0) == 0) {
    for (std::size_t i = 0; i < shape.size(); ++i) {
      if (shape[i] != 0) continue;
      if (i >= x.size()) return refuse();
      shape[i] = x[i];
    }
  }
  const auto open = std::ranges::find(shape, -1);
  const std::int64_t count = element_count(x);
  if (open != shape.end()) {
    *open = 1;
    const auto known = checked_element_count(shape);
    if (!known || *known == 0 || count % *known != 0) return refuse();
    *open = count / *known;
  }
  if (checked_element_count(shape) != count) return refuse();
  return shape;
}

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  const auto shape = resolved_shape(context);
  if (!shape) return shape.errors();
  return std::vector<TensorType>{{context.operands[0].type.element, *shape}};
}

}  // namespace

const OpDef& reshape_op() {
  static const OpDef def{
      .name = "Reshape",
      .attributes = {"allowzero", "consumed_inputs", "shape"},
      .infer = infer,
      .evaluate = [](const OpContext& context) { return evaluate_view(context, resolved_shape(context).value()); },
      .lower = lower_view,
      .scalar = nullptr};
  return def;
}

}  // namespace sluice
