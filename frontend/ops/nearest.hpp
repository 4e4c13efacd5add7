#pragma once

#include <string>

#include "frontend/ops/copy.hpp"

namespace sluice {

/// How a nearest-neighbour resize finds an output element's place in the input.
struct NearestRule {
  std::string coordinates = "asymmetric";  ///< ONNX's coordinate_transformation_mode
  std::string rounding = "floor";          ///< ONNX's nearest_mode
};

/// The copy that resizes every axis to `extents`, which are the operand's times `scales`.
Expected<CopyPlan> plan_nearest(const OpContext& context, const NearestRule& rule, const std::vector<float>& scales,
                                const Shape& extents);

/// The extents that these scales give, rounded down; errors name what does not fit.
Expected<Shape> scaled_extents(const OpContext& context, const std::vector<float>& scales);

}  // namespace sluice
