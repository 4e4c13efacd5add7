#include <fmt/format.h>

#include <numeric>

#include "frontend/ops/copy.hpp"
#include "frontend/ops/movement.hpp"
#include "frontend/ops/nearest.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// The scale of every axis and the extent it becomes.
struct Target {
  std::vector<float> scales;
  Shape extents;
};

/// From sizes, given for some axes.
Target target_of_sizes(const Shape& x, const std::vector<int>& axes, const std::vector<std::int64_t>& sizes) {
  Target target{std::vector<float>(x.size(), 1), x};
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const auto axis = static_cast<std::size_t>(axes[i]);
    target.extents[axis] = sizes[i];
    target.scales[axis] = static_cast<float>(sizes[i]) / static_cast<float>(x[axis]);
  }
  return target;
}

Expected<Target> target_of(const OpContext& context) {
  const Shape& x = context.operands[0].type.shape;
  std::vector<std::int64_t> all(x.size());
  std::iota(all.begin(), all.end(), 0);
  const auto axes = checked_axes(context, context.integers("axes", all), static_cast<int>(x.size()));
  if (!axes) return axes.errors();
  const auto wrong_count = [&](std::size_t count) {
    return context.error(fmt::format("{} scales or sizes are given for {} axes", count, axes->size()));
  };
  // Opset 10 has the scales where later ones have the region of interest.
  const std::size_t scales_at = context.node.opset < 11 ? 1 : 2;
  const auto sizes = integer_list(context, 3, "sizes");
  if (!sizes) return sizes.errors();
  if (*sizes && !(*sizes)->empty()) {
    if ((*sizes)->size() != axes->size()) return wrong_count((*sizes)->size());
    return target_of_sizes(x, *axes, **sizes);
  }
  if (!context.has(scales_at)) return context.error("neither scales nor sizes are given");
  const auto& constant = context.operands[scales_at].constant;
  if (!constant) return context.error("the operand 'scales' is computed while the model runs", "make it a constant");
  const auto given = constant->as<float>();
  if (given.size() != axes->size()) return wrong_count(given.size());
  Target target{std::vector<float>(x.size(), 1), {}};
  for (std::size_t i = 0; i < given.size(); ++i) target.scales[static_cast<std::size_t>((*axes)[i])] = given[i];
  const auto extents = scaled_extents(context, target.scales);
  if (!extents) return extents.errors();
  target.extents = *extents;
  return target;
}

Expected<CopyPlan> plan(const OpContext& context) {
  const std::string mode = context.text("mode", "nearest");
  if (mode != "nearest") {
    return context.error(fmt::format("mode '{}' is not supported", mode), "only nearest neighbours are");
  }
  const std::string policy = context.text("keep_aspect_ratio_policy", "stretch");
  if (policy != "stretch") return context.error(fmt::format("keep_aspect_ratio_policy '{}' is not supported", policy));
  const auto target = target_of(context);
  if (!target) return target.errors();
  NearestRule rule;
  if (context.node.opset >= 11) {
    rule = {context.text("coordinate_transformation_mode", "half_pixel"),
            context.text("nearest_mode", "round_prefer_floor")};
  }
  return plan_nearest(context, rule, target->scales, target->extents);
}

}  // namespace

const OpDef& resize_op() {
  static const OpDef def =
      copy_op("Resize",
              {"antialias", "axes", "coordinate_transformation_mode", "cubic_coeff_a", "exclude_outside",
               "extrapolation_value", "keep_aspect_ratio_policy", "mode", "nearest_mode"},
              plan);
  return def;
}

}  // namespace sluice
