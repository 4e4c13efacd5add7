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
  // All before `slow` are too slow. Designs take little more than their iterations: steps grow until one is fast
  // enough.
  auto slow = static_cast<std::size_t>(first - candidates->begin());
  std::size_t fast = std::min(slow, candidates->size() - 1);
  for (std::size_t step = 1;; step *= 2) {
    const auto report = builder.build((*candidates)[fast].multipliers, progress);
    if (!report) return report.errors();
    if (report->predicted_interval <= interval) break;
    if (fast + 1 == candidates->size()) {
      return Diagnostic{
          "--interval", fmt::format("{} cycles can't be reached", interval),
          fmt::format("with {} multipliers it takes {}", report->multipliers(), report->predicted_interval)};
    }
    slow = fast + 1;
    fast = std::min(fast + step, candidates->size() - 1);
  }
  while (slow < fast) {
    const std::size_t middle = slow + (fast - slow) / 2;
    const auto report = builder.build((*candidates)[middle].multipliers, progress);
    if (!report) return report.errors();
    if (report->predicted_interval <= interval) {
      fast = middle;
    } else {
      slow = middle + 1;
    }
  }
  return (*candidates)[fast].multipliers;
}

}  // namespace sluice
