#include <doctest/doctest.h>

#include "scheduler/list_scheduler.hpp"
#include "scheduler/schedulers.hpp"
#include "scheduler/sdc/sdc_scheduler.hpp"
#include "tests/support/exhaustive_schedule.hpp"
#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr unsigned kProblems = 2000;

SchedulingProblem tiny_problem(unsigned seed) { return random_problem(seed, {.most_operations = 10}); }

SchedulingProblem without_limits(SchedulingProblem problem) {
  for (auto& unit : problem.classes) unit.limit = 0;
  return problem;
}

}  // namespace

TEST_CASE("no schedule is shorter than the shortest and SDC finds it where units don't bind") {
  int unbound = 0;
  int sdc_misses = 0;
  int list_misses = 0;
  for (unsigned seed = 0; seed < kProblems; ++seed) {
    CAPTURE(seed);
    const auto problem = tiny_problem(seed);
    const int least = least_length(problem);
    for (const auto& scheduler : schedulers()) {
      const auto schedule = scheduler.schedule(problem, {});
      REQUIRE(schedule);
      CHECK(to_string(verify(problem, *schedule)) == "");
      CHECK(schedule->ii == schedule->length);
      CHECK(schedule->length >= least);
    }
    const int sdc = sdc_schedule(problem, {})->length;
    sdc_misses += sdc > least;
    list_misses += list_schedule(problem, {})->length > least;
    if (least_length(without_limits(problem)) < least) continue;
    ++unbound;
    if (sdc != least) MESSAGE("seed ", seed, ": length ", sdc, ", least ", least);
  }
  MESSAGE("longer than the least: sdc ", sdc_misses, ", list ", list_misses, " of ", kProblems, "; unbound ", unbound);
  CHECK(sdc_misses <= list_misses);
}

TEST_CASE("no interval is below the least and SDC finds it nearly always") {
  int sdc_misses = 0;
  int list_misses = 0;
  for (unsigned seed = 0; seed < kProblems; ++seed) {
    CAPTURE(seed);
    const auto problem = tiny_problem(seed);
    const int least = least_interval(problem);
    for (const auto& scheduler : schedulers()) {
      const auto schedule = scheduler.schedule(problem, {.pipelined = true});
      REQUIRE(schedule);
      CHECK(to_string(verify(problem, *schedule)) == "");
      CHECK(schedule->ii >= least);
    }
    const int sdc = pipelined_sdc_schedule(problem)->ii;
    list_misses += pipelined_list_schedule(problem)->ii > least;
    if (sdc == least) continue;
    ++sdc_misses;
    MESSAGE("seed ", seed, ": ii ", sdc, ", least ", least);
  }
  MESSAGE("above the least interval: sdc ", sdc_misses, ", list ", list_misses, " of ", kProblems);
  CHECK(sdc_misses * 100 <= kProblems * 2);
}
