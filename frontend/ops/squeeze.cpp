#include <fmt/format.h>

#include <algorithm>

#include "frontend/ops/movement.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// The shape without the named axes, or without all that are 1.
Expected<Shape> squeezed_shape(const OpContext& context) {
  const Shape& x = context.operands[0].type.shape;
  const auto given = integer_list(context, 1, "axes");
  if (!given) return given.errors();
  const auto axes = checked_axes(context, given->value_or(std::vector<std::int64_t>()), static_cast<int>(x.size()));
  if (!axes) return axes.errors();
  Shape shape;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const bool named = std::ranges::find(*axes, static_cast<int>(i)) != axes->end();
    if (named && x[i] != 1) return context.error(fmt::format("axis {} is {} long, not 1", i, x[i]));
    if (!named && (*given || x[i] != 1)) shape.push_back(x[i]);
  }
  return shape;
}

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  const auto shape = squeezed_shape(context);
  if (!shape) return shape.errors();
  return std::vector<TensorType>{{context.operands[0].type.element, *shape}};
}

}  // namespace

const OpDef& squeeze_op() {
  static const OpDef def{
      .name = "Squeeze",
      .attributes = {"axes"},
      .infer = infer,
      .evaluate = [](const OpContext& context) { return evaluate_view(context, squeezed_shape(context).value()); },
      .lower = lower_view,
      .scalar = nullptr};
  return def;
}

}  // namespace sluice
