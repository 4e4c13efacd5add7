#include <fmt/format.h>

#include "frontend/ops/movement.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// All dimensions before `axis` as rows, all others as columns.
Expected<Shape> flat_shape(const OpContext& context) {
  const Shape& x = context.operands[0].type.shape;
  const auto rank = static_cast<std::int64_t>(x.size());
  const std::int64_t axis = context.integer("axis", 1);
  if (axis < -rank || axis > rank) {
    return context.error(fmt::format("axis {} is not one of a tensor of rank {}", axis, rank));
  }
  const auto split = x.begin() + (axis < 0 ? axis + rank : axis);
  return Shape{element_count({x.begin(), split}), element_count({split, x.end()})};
}

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  const auto shape = flat_shape(context);
  if (!shape) return shape.errors();
  return std::vector<TensorType>{{context.operands[0].type.element, *shape}};
}

}  // namespace

const OpDef& flatten_op() {
  static const OpDef def{
      .name = "Flatten",
      .attributes = {"axis"},
      .infer = infer,
      .evaluate = [](const OpContext& context) { return evaluate_view(context, flat_shape(context).value()); },
      .lower = lower_view,
      .scalar = nullptr};
  return def;
}

}  // namespace sluice
