#include <fmt/format.h>

#include "frontend/ops/copy.hpp"
#include "frontend/ops/movement.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

Expected<CopyPlan> plan(const OpContext& context) {
  const TensorType& first = context.operands[0].type;
  // Operator sets before 4 have a default.
  const auto axes = checked_axes(context, {context.integer("axis", 1)}, static_cast<int>(first.shape.size()));
  if (!axes) return axes.errors();
  const auto axis = static_cast<std::size_t>((*axes)[0]);
  CopyPlan plan{{{first.element, first.shape}}, {}};
  Shape& shape = plan.types[0].shape;
  shape[axis] = 0;
  for (std::size_t i = 0; i < context.operands.size(); ++i) {
    const TensorType& x = context.operands[i].type;
    Shape expected = first.shape;
    if (x.shape.size() == expected.size()) expected[axis] = x.shape[axis];
    if (x.shape != expected || x.element != first.element) {
      return context.error(fmt::format("{} can't be joined to {} along axis {}", to_string(x), to_string(first), axis),
                           "types and all other extents must be equal");
    }
    Copy copy = box_copy(context, i, 0, x.shape);
    copy.to[axis] = shape[axis];
    shape[axis] += x.shape[axis];
    if (x.shape[axis] != 0) plan.copies.push_back(std::move(copy));
  }
  return plan;
}

}  // namespace

const OpDef& concat_op() {
  static const OpDef def = copy_op("Concat", {"axis"}, plan);
  return def;
}

}  // namespace sluice
