#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "systemgen/choose/nest_model.hpp"

namespace sluice {

/// One way to build a nest; lane 0 is of firings.
struct NestPoint {
  std::vector<std::int64_t> lanes;
  std::int64_t multipliers = 0;
  std::int64_t lane_count = 1;
  std::int64_t iterations = 0;
  double cost = 0;
  int tree_levels = 0;
};

/// What such lanes leave of a frame's iterations, with what they have to be at least.
std::int64_t iterations_of(const NestModel& model, std::size_t nest, std::span<const std::int64_t> lanes,
                           const FrontOptions& options);

/// All lanes of one nest up to the most, from few to many; of those with equally many only the few that are worth a
/// closer look. The first is the nest without lanes.
std::vector<NestPoint> nest_points(const NestModel& model, std::size_t nest, const FrontOptions& options);

}  // namespace sluice
