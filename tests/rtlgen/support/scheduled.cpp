#include "scheduled.hpp"

#include <doctest/doctest.h>

#include "scheduler/list_scheduler.hpp"
#include "scheduler/phases.hpp"
#include "tests/support/random_schedule.hpp"

namespace sluice::test {

std::vector<ScheduledNest> schedule_kernel(const Kernel& kernel, const Target& target, const ResourceOptions& options,
                                           bool overlap) {
  std::vector<ScheduledNest> nests;
  for (const auto& nest : kernel.nests) {
    Dfg dfg = build_dfg(kernel, nest);
    REQUIRE(verify(dfg, nest).empty());
    SchedulingProblem problem = build_problem(kernel, nest, dfg, target, options);
    REQUIRE(verify(problem).empty());
    auto schedule = list_schedule(problem, {});
    REQUIRE(schedule.has_value());
    for (int ii = 1; overlap && ii < schedule->length; ++ii) {
      Schedule faster = *schedule;
      faster.ii = ii;
      set_phases(problem, faster);
      if (!verify(problem, faster).empty()) continue;
      *schedule = faster;
      break;
    }
    REQUIRE(to_string(verify(problem, *schedule)) == "");
    nests.push_back({std::move(dfg), std::move(problem), std::move(*schedule)});
  }
  return nests;
}

std::vector<ScheduledNest> schedule_randomly(const Kernel& kernel, const Target& target, const ResourceOptions& options,
                                             bool pipelined, unsigned seed) {
  constexpr int kMostDelay = 6;
  std::vector<ScheduledNest> nests;
  for (const auto& nest : kernel.nests) {
    Dfg dfg = build_dfg(kernel, nest);
    SchedulingProblem problem = build_problem(kernel, nest, dfg, target, options);
    REQUIRE(to_string(verify(problem)) == "");
    Schedule schedule = pipelined ? random_pipelined_schedule(problem, kMostDelay, seed)
                                  : random_sequential_schedule(problem, kMostDelay, seed);
    REQUIRE(to_string(verify(problem, schedule)) == "");
    nests.push_back({std::move(dfg), std::move(problem), std::move(schedule)});
  }
  return nests;
}

}  // namespace sluice::test
