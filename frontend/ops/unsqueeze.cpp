#include <algorithm>

#include "frontend/ops/movement.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// The shape with a 1 at each of the named axes, which count in the result.
Expected<Shape> unsqueezed_shape(const OpContext& context) {
  const Shape& x = context.operands[0].type.shape;
  const auto given = integer_list(context, 1, "axes");
  if (!given) return given.errors();
  if (!*given) return context.error("'axes' is missing");
  const std::size_t rank = x.size() + (*given)->size();
  const auto axes = checked_axes(context, **given, static_cast<int>(rank));
  if (!axes) return axes.errors();
  Shape shape;
  auto next = x.begin();
  for (std::size_t i = 0; i < rank; ++i) {
    const bool added = std::ranges::find(*axes, static_cast<int>(i)) != axes->end();
    shape.push_back(added ? 1 : *next++);
  }
  return shape;
}

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  const auto shape = unsqueezed_shape(context);
  if (!shape) return shape.errors();
  return std::vector<TensorType>{{context.operands[0].type.element, *shape}};
}

}  // namespace

const OpDef& unsqueeze_op() {
  static const OpDef def{
      .name = "Unsqueeze",
      .attributes = {"axes"},
      .infer = infer,
      .evaluate = [](const OpContext& context) { return evaluate_view(context, unsqueezed_shape(context).value()); },
      .lower = lower_view,
      .scalar = nullptr};
  return def;
}

}  // namespace sluice
