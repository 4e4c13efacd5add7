#include "systemgen/choose/kernel_front.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>

#include "systemgen/choose/nest_points.hpp"

namespace sluice {
namespace {

/// For ever more lanes the best point that has no more, of those with at most so many multipliers; the first is that
/// without lanes, whatever it multiplies.
std::vector<const NestPoint*> best_by_lanes(const std::vector<NestPoint>& points, std::int64_t multipliers) {
  std::vector<const NestPoint*> best{&points.front()};
  for (const auto& point : points) {
    if (point.multipliers > multipliers) continue;
    const NestPoint& before = *best.back();
    if (std::pair(point.iterations, point.cost) >= std::pair(before.iterations, before.cost)) continue;
    if (point.lane_count == before.lane_count) best.pop_back();
    best.push_back(&point);
  }
  return best;
}

/// All nests with at most so many lanes each.
KernelPoint joined(const std::vector<std::vector<const NestPoint*>>& nests, std::int64_t lanes) {
  KernelPoint point;
  for (const auto& by_lanes : nests) {
    const auto behind = std::ranges::upper_bound(by_lanes, lanes, {}, [](const NestPoint* p) { return p->lane_count; });
    const NestPoint& best = **(behind - 1);
    point.parallelism.firings = best.lanes[0];  // more than 1 only where there is one nest
    point.parallelism.lanes.emplace_back(best.lanes.begin() + 1, best.lanes.end());
    point.multipliers = std::max(point.multipliers, best.multipliers);
    point.lanes = std::max(point.lanes, best.lane_count);
    point.iterations += best.iterations;
    point.cost += best.cost;
    point.tree_levels.push_back(best.tree_levels);
  }
  return point;
}

/// Some lanes cost more than more of them would.
void remove_dear(std::vector<KernelPoint>& front) {
  for (std::size_t p = front.size(); p-- > 2;) {
    const KernelPoint& better = front[p];
    const KernelPoint& point = front[p - 1];
    if (point.multipliers == better.multipliers && point.cost >= better.cost)
      front.erase(front.begin() + static_cast<std::ptrdiff_t>(p - 1));
  }
}

}  // namespace

std::vector<KernelPoint> kernel_front(const Kernel& kernel, const FrontOptions& options) {
  std::vector<std::vector<NestPoint>> nests;
  std::set<std::int64_t> multipliers;
  for (std::size_t n = 0; n < kernel.nests.size(); ++n) {
    const NestModel model(kernel, n, options);
    nests.push_back(nest_points(model, n, options));
    for (const auto& point : nests.back()) multipliers.insert(point.multipliers);
  }
  std::vector<KernelPoint> front;
  for (const auto most : multipliers) {
    std::vector<std::vector<const NestPoint*>> by_lanes;
    std::set<std::int64_t> lanes;
    for (const auto& points : nests) {
      by_lanes.push_back(best_by_lanes(points, most));
      for (const auto* point : by_lanes.back()) lanes.insert(point->lane_count);
    }
    for (const auto count : lanes) {
      KernelPoint point = joined(by_lanes, count);
      if (front.empty() || point.iterations < front.back().iterations) front.push_back(std::move(point));
    }
  }
  remove_dear(front);
  return front;
}

KernelPoint kernel_point(const Kernel& kernel, const Parallelism& parallelism, const FrontOptions& options) {
  KernelPoint point{.parallelism = parallelism};
  for (std::size_t n = 0; n < kernel.nests.size(); ++n) {
    const NestModel model(kernel, n, options);
    std::vector<std::int64_t> lanes{parallelism.firings};
    lanes.insert(lanes.end(), parallelism.lanes[n].begin(), parallelism.lanes[n].end());
    point.multipliers = std::max(point.multipliers, model.multipliers(lanes));
    point.lanes =
        std::max(point.lanes, std::accumulate(lanes.begin(), lanes.end(), std::int64_t{1}, std::multiplies()));
    point.iterations += iterations_of(model, n, lanes, options);
    point.cost += model.cost(lanes);
    point.tree_levels.push_back(model.tree_levels(lanes));
  }
  return point;
}

}  // namespace sluice
