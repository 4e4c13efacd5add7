#include <fmt/format.h>

#include <algorithm>

#include "frontend/ops/copy.hpp"
#include "frontend/ops/movement.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// How often each axis is repeated. Opset 1 names one axis and its count.
Expected<std::vector<std::int64_t>> repeats_of(const OpContext& context, std::size_t rank) {
  const auto given = integer_list(context, 1, context.node.opset < 6 ? "tiles" : "repeats");
  if (!given) return given.errors();
  if (context.node.opset >= 6) return given->value_or(std::vector<std::int64_t>());
  const auto axis = integer_list(context, 2, "axis");
  if (!axis) return axis.errors();
  const auto axes = checked_axes(context, axis->value_or(std::vector<std::int64_t>{0}), static_cast<int>(rank));
  if (!axes) return axes.errors();
  std::vector<std::int64_t> repeats(rank, 1);
  if (*given && !axes->empty()) repeats[static_cast<std::size_t>((*axes)[0])] = (*given)->at(0);
  return repeats;
}

Expected<CopyPlan> plan(const OpContext& context) {
  const TensorType& x = context.operands[0].type;
  const auto repeats = repeats_of(context, x.shape.size());
  if (!repeats) return repeats.errors();
  if (repeats->size() != x.shape.size() || std::ranges::any_of(*repeats, [](auto count) { return count < 0; })) {
    return context.error(fmt::format("repeats {} don't fit {}", to_string(*repeats), to_string(x)),
                         "give a count of 0 or more for each axis");
  }
  CopyPlan plan{{x}, {copy_between(context, 0, 0, x.shape.size())}};
  for (std::size_t axis = 0; axis < x.shape.size(); ++axis) {
    const std::int64_t extent = x.shape[axis];
    plan.copies[0].loops.push_back({(*repeats)[axis], axis, extent, axis, 0});
    plan.copies[0].loops.push_back({extent, axis, 1, axis, 1});
    plan.types[0].shape[axis] *= (*repeats)[axis];
  }
  return plan;
}

}  // namespace

const OpDef& tile_op() {
  static const OpDef def = copy_op("Tile", {}, plan);
  return def;
}

}  // namespace sluice
