#include <algorithm>

#include "core/target/target.hpp"

namespace sluice {

namespace {

/// Fills each stage up to `bound_ps` before it takes the next cut.
UnitTiming fill_stages(const std::vector<int>& segment_ps, int bound_ps) {
  UnitTiming timing;
  int stage_ps = segment_ps.front();
  for (std::size_t k = 1; k < segment_ps.size(); ++k) {
    if (stage_ps + segment_ps[k] <= bound_ps) {
      stage_ps += segment_ps[k];
      continue;
    }
    if (timing.latency++ == 0) timing.in_ps = stage_ps;
    timing.cuts |= std::uint64_t{1} << (k - 1);
    stage_ps = segment_ps[k];
  }
  (timing.latency == 0 ? timing.in_ps : timing.out_ps) = stage_ps;
  return timing;
}

}  // namespace

UnitTiming place_cuts(const std::vector<int>& segment_ps, int budget_ps) {
  const int fewest = fill_stages(segment_ps, budget_ps).latency;
  int too_short = -1;
  int enough = std::max(budget_ps, 0);
  while (enough - too_short > 1) {
    const int middle = too_short + (enough - too_short) / 2;
    (fill_stages(segment_ps, middle).latency <= fewest ? enough : too_short) = middle;
  }
  return fill_stages(segment_ps, enough);
}

}  // namespace sluice
