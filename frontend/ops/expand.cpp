#include <fmt/format.h>

#include <array>

#include "frontend/ops/copy.hpp"
#include "frontend/ops/elementwise.hpp"
#include "frontend/ops/movement.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

Expected<CopyPlan> plan(const OpContext& context) {
  const TensorType& x = context.operands[0].type;
  const auto wanted = integer_list(context, 1, "shape");
  if (!wanted) return wanted.errors();
  if (!*wanted) return context.error("the operand 'shape' is missing");
  const std::array shapes{x.shape, **wanted};
  const auto shape = broadcast_shape(shapes);
  if (!shape) {
    return context.error(fmt::format("{} does not broadcast with {}", to_string(x.shape), to_string(**wanted)));
  }
  Copy copy = copy_between(context, 0, 0, shape->size());
  const std::size_t added = shape->size() - x.shape.size();
  for (std::size_t axis = 0; axis < shape->size(); ++axis) {
    const bool moves = axis >= added && x.shape[axis - added] != 1;
    copy.loops.push_back({(*shape)[axis], axis, 1, moves ? axis - added : 0, moves ? 1 : 0});
  }
  return CopyPlan{{{x.element, *shape}}, {copy}};
}

}  // namespace

const OpDef& expand_op() {
  static const OpDef def = copy_op("Expand", {}, plan);
  return def;
}

}  // namespace sluice
