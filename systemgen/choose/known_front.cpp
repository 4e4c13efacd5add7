#include "systemgen/choose/known_front.hpp"

#include <algorithm>
#include <cmath>

namespace sluice {
namespace {

/// Whether a point has the lanes of another one, and maybe more.
bool covers(const KernelPoint& a, const KernelPoint& b) {
  if (a.parallelism.firings < b.parallelism.firings) return false;
  for (std::size_t nest = 0; nest < a.parallelism.lanes.size(); ++nest) {
    if (!std::ranges::equal(a.parallelism.lanes[nest], b.parallelism.lanes[nest], std::ranges::greater_equal()))
      return false;
  }
  return true;
}

}  // namespace

KnownFront::KnownFront(std::vector<KernelPoint> modelled) : points_(std::move(modelled)) {
  for (const auto& point : points_) modelled_.push_back(point.iterations);
}

void KnownFront::add(std::size_t point, BuiltCycles built) {
  known_[point] = built;
  for (std::size_t p = 0; p < points_.size(); ++p) points_[p].iterations = cycles(p);
}

std::int64_t KnownFront::cycles(std::size_t point) const {
  if (const auto found = known_.find(point); found != known_.end()) return found->second.all();
  double slowdown = 1;
  std::int64_t drain = 0;
  for (const auto& [other, built] : known_) {
    const KernelPoint& known = points_[other];
    if (known.one_multiplier && !points_[point].one_multiplier) continue;
    const bool has_its_lanes = covers(points_[point], known);
    if (has_its_lanes)
      slowdown = std::max(slowdown, static_cast<double>(built.iterations) / static_cast<double>(modelled_[other]));
    // Pipelines that ports slow down may have to drain where others need not.
    const bool as_modelled = built.iterations <= modelled_[other];
    if (has_its_lanes || (as_modelled && points_[point].tree_levels == known.tree_levels))
      drain = std::max(drain, built.drain);
  }
  return std::llround(static_cast<double>(modelled_[point]) * slowdown) + drain;
}

}  // namespace sluice
