#include "scheduler/bounds.hpp"

#include <doctest/doctest.h>

#include "scheduler/list_scheduler.hpp"
#include "scheduler/phases.hpp"
#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

Schedule schedule_at(const SchedulingProblem& problem, std::vector<Slot> slots, int length) {
  Schedule schedule{length, length, std::move(slots)};
  set_phases(problem, schedule);
  return schedule;
}

}  // namespace

TEST_CASE("as soon and as late as possible are schedules themselves where units are not limited") {
  for (unsigned seed = 0; seed < 1000; ++seed) {
    CAPTURE(seed);
    const auto problem = random_problem(seed, {.limits = false, .carried = false, .most_occupancy = 1});
    const auto bounds = find_bounds(problem);
    const auto asap = schedule_at(problem, bounds.asap, bounds.length);
    CHECK(asap.slots == bounds.asap);
    CHECK(to_string(verify(problem, asap)) == "");
    const auto alap = schedule_at(problem, bounds.alap, bounds.length);
    CHECK(to_string(verify(problem, alap)) == "");
    int least_slack = bounds.length;
    for (const auto id : id_range<OperationId>(problem.operations.size())) {
      CHECK(bounds.slack(id) >= 0);
      CHECK(alap.slot(id).phase_ps <= bounds.alap[id.index()].phase_ps);
      least_slack = std::min(least_slack, bounds.slack(id));
    }
    CHECK(least_slack == 0);
  }
}

TEST_CASE("no schedule starts an operation before it can") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const auto problem = random_problem(seed);
    const auto bounds = find_bounds(problem);
    const auto schedule = *list_schedule(problem, {});
    for (std::size_t i = 0; i < schedule.slots.size(); ++i) CHECK(schedule.slots[i].cycle >= bounds.asap[i].cycle);
  }
}

TEST_CASE("latest starts leave room for the chain behind") {
  SchedulingProblem problem{.name = "p", .period_ps = 1000};
  problem.classes = {{.name = "logic", .in_ps = 400}, {.name = "mul", .latency = 3, .in_ps = 900, .out_ps = 700}};
  problem.operations = {{"a", ClassId(0)}, {"b", ClassId(0)}, {"c", ClassId(0)}, {"m", ClassId(1)}};
  problem.dependences = {{OperationId(0), OperationId(1), 0, 0, true},
                         {OperationId(1), OperationId(2), 0, 0, true},
                         {OperationId(3), OperationId(2), 3, 0, true}};
  const auto bounds = find_bounds(problem);
  CHECK(bounds.length == 5);  // m's result comes too late in cycle 3 for c
  CHECK(bounds.asap == std::vector<Slot>{{0, 0}, {0, 400}, {4, 0}, {0, 0}});
  CHECK(bounds.alap == std::vector<Slot>{{3, 600}, {4, 200}, {4, 600}, {0, 100}});
}
