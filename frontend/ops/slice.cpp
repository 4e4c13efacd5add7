#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "frontend/ops/copy.hpp"
#include "frontend/ops/movement.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// The elements that `start`, `end` and `step` pick of an axis, as Python does.
std::vector<std::int64_t> picked(std::int64_t extent, std::int64_t start, std::int64_t end, std::int64_t step) {
  const auto clamped = [&](std::int64_t at) {
    if (at < 0) at += extent;
    return step > 0 ? std::clamp<std::int64_t>(at, 0, extent) : std::clamp<std::int64_t>(at, -1, extent - 1);
  };
  // A step further than the extent picks one element; bounding it keeps the sums below from overflowing.
  step = std::clamp<std::int64_t>(step, -extent - 1, extent + 1);
  std::vector<std::int64_t> elements;
  const std::int64_t last = clamped(end);
  for (std::int64_t at = clamped(start); step > 0 ? at < last : at > last; at += step) elements.push_back(at);
  return elements;
}

Expected<CopyPlan> plan(const OpContext& context) {
  const TensorType& x = context.operands[0].type;
  const auto starts = integer_list(context, 1, "starts");
  const auto ends = integer_list(context, 2, "ends");
  const auto given_axes = integer_list(context, 3, "axes");
  const auto given_steps = integer_list(context, 4, "steps");
  Diagnostics errors;
  for (const auto* list : {&starts, &ends, &given_axes, &given_steps}) {
    if (!*list) append(errors, list->errors());
  }
  if (!errors.empty()) return errors;
  if (!*starts || !*ends) return context.error("'starts' or 'ends' is missing");
  const std::size_t count = (*starts)->size();
  std::vector<std::int64_t> all_axes(count);
  std::iota(all_axes.begin(), all_axes.end(), 0);
  const auto axes = checked_axes(context, given_axes->value_or(all_axes), static_cast<int>(x.shape.size()));
  if (!axes) return axes.errors();
  const auto steps = given_steps->value_or(std::vector<std::int64_t>(count, 1));
  if ((*ends)->size() != count || axes->size() != count || steps.size() != count) {
    return context.error(fmt::format("{} starts, {} ends, {} axes and {} steps are given", count, (*ends)->size(),
                                     axes->size(), steps.size()),
                         "they must be equally many");
  }
  CopyPlan plan{{x}, {copy_between(context, 0, 0, x.shape.size())}};
  for (std::size_t axis = 0; axis < x.shape.size(); ++axis) {
    const auto at = static_cast<std::size_t>(std::ranges::find(*axes, static_cast<int>(axis)) - axes->begin());
    if (at == count) {
      add_axis(plan.copies[0], axis, x.shape[axis]);
      continue;
    }
    if (steps[at] == 0) return context.error(fmt::format("the step along axis {} is 0", axis));
    const auto elements = picked(x.shape[axis], (**starts)[at], (**ends)[at], steps[at]);
    plan.types[0].shape[axis] = static_cast<std::int64_t>(elements.size());
    add_axis(plan.copies[0], axis, axis, elements);
  }
  return plan;
}

}  // namespace

const OpDef& slice_op() {
  static const OpDef def = copy_op("Slice", {"axes", "ends", "starts"}, plan);
  return def;
}

}  // namespace sluice
