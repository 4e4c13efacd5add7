#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "scheduler/list_scheduler.hpp"
#include "scheduler/schedule.hpp"
#include "tests/support/random_problem.hpp"
#include "tests/support/random_schedule.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

/// a -> b -> c with a delay of one iteration back to a; a and c on one multiplier.
SchedulingProblem small_problem() {
  SchedulingProblem problem{.name = "p", .period_ps = 1000};
  problem.classes = {{.name = "mul", .latency = 2, .limit = 1, .in_ps = 800, .out_ps = 300},
                     {.name = "logic", .in_ps = 600}};
  problem.operations = {{"a", ClassId(0)}, {"b", ClassId(1)}, {"c", ClassId(0)}};
  problem.dependences = {{OperationId(0), OperationId(1), 2, 0, true},
                         {OperationId(1), OperationId(2), 0, 0, true},
                         {OperationId(2), OperationId(0), 2, 1, false}};
  return problem;
}

Schedule small_schedule() { return {.ii = 5, .length = 5, .slots = {{0, 0}, {2, 300}, {3, 0}}}; }

std::string verdict(const Schedule& schedule) { return to_string(verify(small_problem(), schedule)); }

/// Iterations run out one after another, on the real time line: an oracle for what holds modulo ii.
bool holds_on_the_time_line(const SchedulingProblem& problem, const Schedule& schedule) {
  constexpr int kIterations = 24;
  std::map<std::pair<std::size_t, int>, int> use;
  for (const auto& operation : problem.operations) {
    if (problem.classes[operation.unit_class.index()].occupancy > schedule.ii) return false;
  }
  for (int i = 0; i < kIterations; ++i) {
    for (const auto& dependence : problem.dependences) {
      const int to = schedule.slot(dependence.to).cycle + (i + dependence.distance) * schedule.ii;
      if (to < schedule.slot(dependence.from).cycle + i * schedule.ii + dependence.latency) return false;
    }
    for (const auto id : id_range<OperationId>(problem.operations.size())) {
      const std::size_t c = problem.operations[id.index()].unit_class.index();
      for (int k = 0; k < problem.classes[c].occupancy; ++k) {
        const int used = ++use[{c, schedule.slot(id).cycle + i * schedule.ii + k}];
        if (problem.classes[c].limit > 0 && used > problem.classes[c].limit) return false;
      }
    }
  }
  return true;
}

bool mentions(const Diagnostics& diagnostics, const std::string& text) {
  return to_string(diagnostics).find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("a right schedule has nothing to say about") { CHECK(verdict(small_schedule()) == ""); }

TEST_CASE("every rule is checked, with its numbers") {
  auto schedule = small_schedule();
  SUBCASE("one slot for each operation") {
    schedule.slots.pop_back();
    CHECK(verdict(schedule) == "p, schedule: 2 slots for 3 operations\n");
  }
  SUBCASE("an interval") {
    schedule.ii = 0;
    CHECK(verdict(schedule) == "p, schedule: ii is 0, below 1\n");
  }
  SUBCASE("no start before the iteration") {
    schedule.slots[0].cycle = -1;
    CHECK(verdict(schedule) == "p, a: starts in cycle -1, before the iteration\n");
  }
  SUBCASE("a dependence within the iteration") {
    schedule.slots[1] = {1, 0};
    CHECK(verdict(schedule) == "p, a -> b: start 1 + ii 5 * distance 0 < start 0 + latency 2\n");
  }
  SUBCASE("a dependence to a later iteration") {
    schedule.ii = 4;
    CHECK(verdict(schedule) == "p, c -> a: start 0 + ii 4 * distance 1 < start 3 + latency 2\n");
  }
  SUBCASE("the limit of a class, modulo the interval") {
    schedule.slots[2].cycle = 5;
    schedule.length = 7;
    CHECK(mentions(verify(small_problem(), schedule), "p, class mul: 2 in use in cycle 0 modulo ii 5, limit 1\n"));
  }
  SUBCASE("a unit that is free again by the next iteration") {
    auto problem = small_problem();
    problem.classes[1].occupancy = 6;
    CHECK(to_string(verify(problem, schedule)) == "p, b: takes its unit for 6 cycles, ii is 5\n");
  }
  SUBCASE("the phase of a chain") {
    schedule.slots[1].phase_ps = 0;
    CHECK(verdict(schedule) == "p, b: phase 0 ps, but its operands are there at 300 ps\n");
  }
  SUBCASE("the phase of what comes from a register") {
    schedule.slots[2].phase_ps = 10;
    CHECK(verdict(schedule) == "p, c: phase 10 ps, but its operands are there at 0 ps\n");
  }
  SUBCASE("a chain that is longer than the period") {
    schedule.slots[2] = {2, 900};
    CHECK(verdict(schedule) == "p, c: operands at 900 ps + delay 800 ps > period 1000 ps\n");
  }
  SUBCASE("a length that covers every operation") {
    schedule.length = 4;
    CHECK(verdict(schedule) == "p, c: start 3 + 2 cycles > length 4\n");
  }
  SUBCASE("a result that is read is there in the last cycle") {
    schedule.slots = {{0, 0}, {3, 0}, {4, 0}};
    schedule.ii = 6;
    CHECK(verdict(schedule) == "p, c: start 4 + 2 cycles > length 5\n");
    schedule.length = 6;
    CHECK(verdict(schedule) == "");
  }
}

TEST_CASE("the result of a slow unit must fit into its last cycle") {
  auto problem = small_problem();
  problem.classes[0].out_ps = 1001;
  CHECK(mentions(verify(problem, small_schedule()), "p, a: result at 1001 ps > period 1000 ps\n"));
}

TEST_CASE("a held result chains into readers of any cycle before ii") {
  SchedulingProblem problem{.name = "p", .period_ps = 1000};
  problem.classes = {{.name = "counters", .in_ps = 400, .held = true}, {.name = "logic", .in_ps = 500}};
  problem.operations = {{"guard", ClassId(0)}, {"use", ClassId(1)}};
  problem.dependences = {{OperationId(0), OperationId(1), 0, 0, true}};
  CHECK(verify(problem, {.ii = 4, .length = 6, .slots = {{0, 0}, {3, 400}}}).empty());
  CHECK(to_string(verify(problem, {.ii = 4, .length = 6, .slots = {{0, 0}, {3, 0}}})) ==
        "p, use: phase 0 ps, but its operands are there at 400 ps\n");
  CHECK(verify(problem, {.ii = 4, .length = 6, .slots = {{0, 0}, {4, 0}}}).empty());
}

TEST_CASE("dependences and limits are judged as on the time line") {
  int broken = 0;
  for (unsigned seed = 0; seed < 600; ++seed) {
    CAPTURE(seed);
    const auto problem = random_problem(seed);
    auto schedule = *list_schedule(problem, {});
    std::mt19937 random(seed);
    const auto moved = static_cast<std::size_t>(pick(random, 0, static_cast<int>(schedule.slots.size()) - 1));
    schedule.slots[moved].cycle = pick(random, 0, schedule.length - 1);
    if (pick(random, 0, 1) == 1) schedule.ii = pick(random, std::max(1, schedule.ii - 4), schedule.ii);
    const auto said = verify(problem, schedule);
    const bool accepted =
        !mentions(said, " < start ") && !mentions(said, " in use in cycle ") && !mentions(said, "takes its unit for ");
    CHECK(accepted == holds_on_the_time_line(problem, schedule));
    if (!accepted) ++broken;
  }
  CHECK(broken > 200);
}

TEST_CASE("mutations of right schedules are refused for what is wrong with them") {
  for (unsigned seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    const auto problem = random_problem(seed);
    const auto schedule = *list_schedule(problem, {});
    std::mt19937 random(seed);
    const auto some = static_cast<std::size_t>(pick(random, 0, static_cast<int>(schedule.slots.size()) - 1));

    auto wrong_phase = schedule;
    wrong_phase.slots[some].phase_ps += 1;
    CHECK(mentions(verify(problem, wrong_phase), problem.operations[some].name + ": phase "));

    auto too_short = schedule;
    too_short.length = schedule.slots[some].cycle;
    CHECK(mentions(verify(problem, too_short), "> length "));

    for (const auto& dependence : problem.dependences) {
      if (dependence.distance > 0 || dependence.latency == 0) continue;
      auto too_early = schedule;
      too_early.slots[dependence.to.index()].cycle = schedule.slot(dependence.from).cycle + dependence.latency - 1;
      CHECK(mentions(verify(problem, too_early), problem.operations[dependence.from.index()].name + " -> " +
                                                     problem.operations[dependence.to.index()].name + ": start "));
      break;
    }

    auto crowded = problem;  // the same starts, but a unit less than is in use
    const auto c = problem.operations[some].unit_class.index();
    std::vector<int> use(static_cast<std::size_t>(schedule.ii), 0);
    for (const auto id : id_range<OperationId>(problem.operations.size())) {
      for (int k = 0; problem.operations[id.index()].unit_class.index() == c && k < problem.classes[c].occupancy; ++k) {
        ++use[static_cast<std::size_t>((schedule.slot(id).cycle + k) % schedule.ii)];
      }
    }
    crowded.classes[c].limit = *std::max_element(use.begin(), use.end()) - 1;
    if (crowded.classes[c].limit > 0) {
      CHECK(mentions(verify(crowded, schedule), "class " + problem.classes[c].name + ": "));
    }
  }
}

TEST_CASE("random pipelined schedules are legal") {
  int found = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    const auto problem = random_problem(seed, {.most_operations = 25});
    for (int ii = 1; ii < 20; ++ii) {
      if (const auto schedule = random_schedule(problem, ii, 3, seed)) {
        ++found;
        CHECK(holds_on_the_time_line(problem, *schedule));
        break;
      }
    }
  }
  CHECK(found > 150);
}
