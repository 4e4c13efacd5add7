#include "scheduler/sdc/unit_order.hpp"

#include <doctest/doctest.h>

#include "tests/support/random_schedule.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

bool holds(const std::vector<StartConstraint>& order, const std::vector<Slot>& slots) {
  return std::all_of(order.begin(), order.end(), [&](const auto& constraint) {
    return slots[constraint.to.index()].cycle - slots[constraint.from.index()].cycle >= constraint.least;
  });
}

/// Without dependences, only the limits are left to break.
SchedulingProblem without_dependences(SchedulingProblem problem) {
  problem.dependences.clear();
  return problem;
}

}  // namespace

TEST_CASE("a schedule keeps its own order on units, and whatever keeps it keeps the limits") {
  int moved = 0;
  for (unsigned seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    const auto problem = without_dependences(random_problem(seed, {.most_operations = 20}));
    const auto schedule = random_pipelined_schedule(problem, 5, seed);
    const auto order = unit_order(problem, schedule, schedule.ii);
    CHECK(holds(order, schedule.slots));
    std::mt19937 random(seed);
    for (int tries = 0; tries < 20; ++tries) {
      Schedule other = schedule;
      for (auto& slot : other.slots) slot.cycle = std::max(0, slot.cycle + pick(random, -1, 1));
      if (!holds(order, other.slots)) continue;
      ++moved;
      other.length += 1;
      CHECK(to_string(verify(problem, other)) == "");
    }
  }
  CHECK(moved > 500);
}

TEST_CASE("the order goes around the interval") {
  SchedulingProblem problem{.name = "two", .period_ps = 1000};
  problem.classes = {{.name = "mul", .latency = 1, .occupancy = 2, .limit = 1}};
  problem.operations = {{"a", ClassId(0)}, {"b", ClassId(0)}};
  const auto order = unit_order(problem, {5, 9, {{1, 0}, {8, 0}}}, 5);  // a in cycle 1, b in cycle 3 modulo 5
  REQUIRE(order.size() == 2);
  CHECK(order[0].from == OperationId(0));
  CHECK(order[0].least == 2 + 5);  // b is an interval later than a, and two cycles behind it
  CHECK(order[1].from == OperationId(1));
  CHECK(order[1].least == 2 - 5 - 5);  // a of two iterations later follows b
}
