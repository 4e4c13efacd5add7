#include "frontend/ops/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace sluice {
namespace {

/// One axis of a resize. The places are computed in float32, as other implementations do: it decides on which side of
/// an edge an inexact scale falls.
struct Axis {
  std::int64_t input, output;
  float scale;
};

std::optional<float> place_of(const std::string& coordinates, const Axis& axis, std::int64_t o) {
  const auto at = static_cast<float>(o);
  const auto input = static_cast<float>(axis.input), output = static_cast<float>(axis.output);
  if (coordinates == "asymmetric") return at / axis.scale;
  if (coordinates == "half_pixel") return (at + 0.5F) / axis.scale - 0.5F;
  if (coordinates == "pytorch_half_pixel") return axis.output > 1 ? (at + 0.5F) / axis.scale - 0.5F : 0.0F;
  if (coordinates == "tf_half_pixel_for_nn") return (at + 0.5F) / axis.scale;
  if (coordinates == "align_corners") return axis.output > 1 ? at * (input - 1) / (output - 1) : 0.0F;
  if (coordinates == "half_pixel_symmetric") {
    const float adjustment = output / (axis.scale * input);
    return input / 2 * (1 - adjustment) + (at + 0.5F) / axis.scale - 0.5F;
  }
  return std::nullopt;
}

std::optional<float> rounded(const std::string& rounding, float place) {
  if (rounding == "floor") return std::floor(place);
  if (rounding == "ceil") return std::ceil(place);
  if (rounding == "round_prefer_ceil") return std::floor(place + 0.5F);
  if (rounding == "round_prefer_floor") return std::ceil(place - 0.5F);
  return std::nullopt;
}

}  // namespace

Expected<CopyPlan> plan_nearest(const OpContext& context, const NearestRule& rule, const std::vector<float>& scales,
                                const Shape& extents) {
  const TensorType& x = context.operands[0].type;
  Copy copy = copy_between(context, 0, 0, extents.size());
  for (std::size_t d = 0; d < extents.size(); ++d) {
    const Axis axis{x.shape[d], extents[d], scales[d]};
    if (axis.output < 1) return context.error(fmt::format("nothing is left of axis {}, {} long", d, axis.input));
    std::vector<std::int64_t> sources;
    for (std::int64_t o = 0; o < axis.output; ++o) {
      const auto place = place_of(rule.coordinates, axis, o);
      if (!place)
        return context.error(fmt::format("coordinate_transformation_mode '{}' is not supported", rule.coordinates));
      const auto source = rounded(rule.rounding, *place);
      if (!source) return context.error(fmt::format("nearest_mode '{}' is not supported", rule.rounding));
      sources.push_back(std::clamp<std::int64_t>(static_cast<std::int64_t>(*source), 0, axis.input - 1));
    }
    add_axis(copy, d, d, sources);
  }
  return CopyPlan{{{x.element, extents}}, {copy}};
}

Expected<Shape> scaled_extents(const OpContext& context, const std::vector<float>& scales) {
  const Shape& x = context.operands[0].type.shape;
  if (scales.size() != x.size()) {
    return context.error(fmt::format("{} scales are given for a tensor of rank {}", scales.size(), x.size()));
  }
  Shape extents;
  for (std::size_t d = 0; d < x.size(); ++d) {
    if (!(scales[d] > 0)) return context.error(fmt::format("the scale {} of axis {} is not positive", scales[d], d));
    extents.push_back(static_cast<std::int64_t>(std::floor(static_cast<float>(x[d]) * scales[d])));
  }
  return extents;
}

}  // namespace sluice
