#include <fmt/format.h>

#include "frontend/ops/copy.hpp"
#include "frontend/ops/movement.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

Expected<CopyPlan> plan(const OpContext& context) {
  const TensorType& x = context.operands[0].type;
  const std::size_t rank = x.shape.size();
  std::vector<std::int64_t> reversed;
  for (std::size_t i = rank; i-- > 0;) reversed.push_back(static_cast<std::int64_t>(i));
  const auto order = checked_axes(context, context.integers("perm", reversed), static_cast<int>(rank));
  if (!order) return order.errors();
  if (order->size() != rank) {
    return context.error(fmt::format("attribute 'perm' has {} numbers for a tensor of rank {}", order->size(), rank));
  }
  Shape shape;
  Copy copy = copy_between(context, 0, 0, rank);
  for (std::size_t axis = 0; axis < rank; ++axis) {
    const auto from = static_cast<std::size_t>((*order)[axis]);
    shape.push_back(x.shape[from]);
    copy.loops.push_back({.trip = x.shape[from], .output_axis = axis, .input_axis = from});
  }
  return CopyPlan{{{x.element, shape}}, {copy}};
}

}  // namespace

const OpDef& transpose_op() {
  static const OpDef def = copy_op("Transpose", {"perm"}, plan);
  return def;
}

}  // namespace sluice
