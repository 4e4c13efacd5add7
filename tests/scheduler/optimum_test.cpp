#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "scheduler/list_scheduler.hpp"
#include "scheduler/phases.hpp"
#include "scheduler/register_bits.hpp"
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

/// Calls `visit` with every legal schedule of the interval and length whose operations start before `end`.
void for_each_schedule(const SchedulingProblem& problem, int ii, int length, int end,
                       const std::function<void(const Schedule&)>& visit) {
  Schedule schedule{ii, length, std::vector<Slot>(problem.operations.size())};
  const std::function<void(std::size_t)> choose = [&](std::size_t i) {
    if (i == schedule.slots.size()) {
      set_phases(problem, schedule);
      if (verify(problem, schedule).empty()) visit(schedule);
      return;
    }
    for (int cycle = 0; cycle < end; ++cycle) {
      schedule.slots[i].cycle = cycle;
      choose(i + 1);
    }
  };
  choose(0);
}

/// Up to four operations of short latencies.
SchedulingProblem minute_problem(unsigned seed) {
  auto problem = random_problem(seed, {.most_operations = 4, .most_occupancy = 2});
  for (auto& unit : problem.classes) unit.latency = std::min(unit.latency, 1);
  for (auto& unit : problem.classes) unit.out_ps = unit.latency > 0 ? unit.out_ps : 0;
  for (auto& dependence : problem.dependences) {
    dependence.latency = dependence.data ? problem.class_of(dependence.from).latency : dependence.latency % 3;
  }
  return problem;
}

}  // namespace

TEST_CASE("the exhaustive search agrees with trying all starts") {
  constexpr int kEnd = 9;
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const auto problem = minute_problem(seed);
    const auto exists = [&](int ii, int length, int end) {
      bool found = false;
      for_each_schedule(problem, ii, length, end, [&](const Schedule&) { found = true; });
      return found;
    };
    const int length = least_length(problem);
    REQUIRE(length <= kEnd);
    CHECK(exists(length, length, length));
    if (length > 1) CHECK(!exists(length - 1, length - 1, length - 1));
    const int ii = least_interval(problem);
    CHECK(exists(ii, 1'000, kEnd));
    if (ii > 1) CHECK(!exists(ii - 1, 1'000, kEnd));
  }
}

TEST_CASE("SDC schedules of unlimited units have the fewest register bits of all of their length") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const auto problem = without_limits(minute_problem(seed));
    for (const bool pipelined : {false, true}) {
      const auto schedule = pipelined ? pipelined_sdc_schedule(problem) : sdc_schedule(problem, {});
      REQUIRE(schedule);
      const auto bits = register_bit_cycles(problem, *schedule);
      std::int64_t fewest = bits;
      for_each_schedule(problem, schedule->ii, schedule->length, schedule->length,
                        [&](const Schedule& other) { fewest = std::min(fewest, register_bit_cycles(problem, other)); });
      CHECK(bits == fewest);
    }
  }
}

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
