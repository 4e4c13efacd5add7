#include <fmt/format.h>

#include <variant>

#include "frontend/ops/copy.hpp"
#include "frontend/ops/nearest.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// The scales: attributes for height and width in opset 1, a list in opset 7, an operand in opset 9.
Expected<std::vector<float>> scales_of(const OpContext& context) {
  if (context.has(1)) {
    const auto& constant = context.operands[1].constant;
    if (!constant) return context.error("the operand 'scales' is computed while the model runs", "make it a constant");
    const auto values = constant->as<float>();
    return std::vector<float>(values.begin(), values.end());
  }
  const auto found = context.node.attributes.find("scales");
  if (found == context.node.attributes.end()) {
    return std::vector<float>{1, 1, context.real("height_scale", 1), context.real("width_scale", 1)};
  }
  if (const auto* values = std::get_if<std::vector<float>>(&found->second)) return *values;
  throw WrongAttributeKind("attribute 'scales' is not a list of floats");
}

Expected<CopyPlan> plan(const OpContext& context) {
  const std::string mode = context.text("mode", "nearest");
  if (mode != "nearest") {
    return context.error(fmt::format("mode '{}' is not supported", mode), "only nearest neighbours are");
  }
  const auto scales = scales_of(context);
  if (!scales) return scales.errors();
  const auto extents = scaled_extents(context, *scales);
  if (!extents) return extents.errors();
  return plan_nearest(context, NearestRule{}, *scales, *extents);
}

}  // namespace

const OpDef& upsample_op() {
  static const OpDef def = copy_op("Upsample", {"height_scale", "mode", "scales", "width_scale"}, plan);
  return def;
}

}  // namespace sluice
