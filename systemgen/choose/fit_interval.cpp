#include "systemgen/choose/fit_interval.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice {

Expected<std::int64_t> fit_interval(DesignBuilder& builder, std::int64_t interval, std::int64_t most,
                                    Progress& progress) {
  const auto candidates = builder.candidates(most);
  if (!candidates) return candidates.errors();
  const auto first = std::ranges::find_if(
      *candidates, [&](const DesignBuilder::Candidate& candidate) { return candidate.iterations <= interval; });
  const std::size_t count = candidates->size();
  std::size_t slow = 0;      // all before are too slow
  std::size_t fast = count;  // this and all behind are fast enough
  // Designs take about their iterations: steps away from there grow until one is found on the other side.
  auto next = std::min(static_cast<std::size_t>(first - candidates->begin()), count - 1);
  for (std::size_t step = 1; slow < fast; step *= 2) {
    const auto report = builder.build((*candidates)[next].multipliers, progress);
    if (!report) return report.errors();
    if (report->predicted_interval <= interval) {
      fast = next;
    } else {
      slow = next + 1;
    }
    if (slow == count) {
      return Diagnostic{
          "--interval", fmt::format("{} cycles can't be reached", interval),
          fmt::format("with {} multipliers it takes {}", report->multipliers(), report->predicted_interval)};
    }
    next = fast == count ? std::min(next + step, count - 1)
           : slow == 0   ? fast - std::min(step, fast)
                         : slow + (fast - slow) / 2;
  }
  return (*candidates)[fast].multipliers;
}

}  // namespace sluice
