#include "scheduler/sdc/sdc_scheduler.hpp"

#include <doctest/doctest.h>

#include <ctime>

#include "scheduler/bounds.hpp"
#include "scheduler/list_scheduler.hpp"
#include "scheduler/minimum_interval.hpp"
#include "scheduler/register_bits.hpp"
#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

TEST_CASE("SDC schedules of random problems are legal and no longer than list schedules") {
  for (unsigned seed = 0; seed < 1000; ++seed) {
    CAPTURE(seed);
    const auto problem = random_problem(seed);
    const auto schedule = sdc_schedule(problem, {});
    REQUIRE(schedule);
    CHECK(to_string(verify(problem, *schedule)) == "");
    CHECK(schedule->ii == schedule->length);
    CHECK(schedule->length <= list_schedule(problem, {})->length);
    CHECK(schedule->length >= find_bounds(problem).length);
  }
}

TEST_CASE("pipelined SDC schedules are legal and mostly at the minimum interval") {
  int at_minimum = 0;
  int shorter_than_list = 0;
  int longer_than_list = 0;
  for (unsigned seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    const auto problem = random_problem(seed);
    const auto schedule = pipelined_sdc_schedule(problem);
    REQUIRE(schedule);
    CHECK(to_string(verify(problem, *schedule)) == "");
    const int least = minimum_interval(problem).cycles();
    CHECK(schedule->ii >= least);
    const auto listed = pipelined_list_schedule(problem);
    CHECK(schedule->ii <= listed->ii);
    if (schedule->ii == least) ++at_minimum;
    if (schedule->ii == listed->ii && schedule->length < listed->length) ++shorter_than_list;
    if (schedule->ii == listed->ii && schedule->length > listed->length) ++longer_than_list;
  }
  MESSAGE(at_minimum, " at the minimum, ", shorter_than_list, " shorter, ", longer_than_list, " longer than list");
  CHECK(at_minimum > 400);
}

TEST_CASE("values wait where they are narrow") {
  SchedulingProblem problem{.name = "widths", .period_ps = 1000};
  problem.classes = {{.name = "load", .latency = 1, .in_ps = 900},
                     {.name = "slow", .latency = 9, .in_ps = 900},
                     {.name = "logic", .in_ps = 300}};
  problem.operations = {
      {"x", ClassId(0), 8}, {"widen", ClassId(2), 32}, {"divide", ClassId(1), 8}, {"add", ClassId(2), 0}};
  problem.dependences = {{OperationId(0), OperationId(1), 1, 0, true},
                         {OperationId(1), OperationId(3), 0, 0, true},
                         {OperationId(2), OperationId(3), 9, 0, true}};
  auto schedule = sdc_schedule(problem, {});
  REQUIRE(schedule);
  CHECK(schedule->length == 10);
  CHECK(schedule->slots[0].cycle == 8);  // nothing waits
  CHECK(register_bit_cycles(problem, *schedule) == 0);
  problem.operations.push_back({"early", ClassId(0), 8});  // x no sooner than cycle 0 and no later
  problem.dependences.push_back({OperationId(0), OperationId(4), 9, 0, false});
  problem.dependences.push_back({OperationId(4), OperationId(0), 0, 1, false});
  schedule = sdc_schedule(problem, {});
  REQUIRE(schedule);
  CHECK(schedule->slots[0].cycle == 0);
  CHECK(schedule->slots[1].cycle == 9);  // 8 bits wait for 8 cycles, not 32
  CHECK(register_bit_cycles(problem, *schedule) == 8 * 8);
}

TEST_CASE("a held result costs registers from the next iteration on only") {
  SchedulingProblem problem{.name = "held", .period_ps = 1000};
  problem.classes = {{.name = "counters", .in_ps = 100, .held = true}, {.name = "add", .latency = 3, .in_ps = 300}};
  problem.operations = {{"guard", ClassId(0), 1}, {"sum", ClassId(1), 32}, {"last", ClassId(1), 0}};
  problem.dependences = {{OperationId(1), OperationId(2), 3, 0, true}, {OperationId(0), OperationId(2), 0, 0, true}};
  CHECK(register_bit_cycles(problem, *sdc_schedule(problem, {})) == 0);
  CHECK(register_bit_cycles(problem, *sdc_schedule(problem, {.ii = 1})) == 3);
}

TEST_CASE("an interval that can't be says why") {
  SchedulingProblem problem{.name = "conv1, nest 0", .period_ps = 1000};
  problem.classes = {{.name = "fp_add", .latency = 3, .limit = 1, .in_ps = 300, .out_ps = 600},
                     {.name = "logic", .in_ps = 300}};
  problem.operations = {{"acc", ClassId(0), 32}, {"clamp", ClassId(1), 32}};
  problem.dependences = {{OperationId(0), OperationId(1), 3, 0, true}, {OperationId(1), OperationId(0), 0, 1, true}};
  SUBCASE("below 1") {
    CHECK(to_string(sdc_schedule(problem, {.ii = 0}).errors()) == "conv1, nest 0: ii 0 is below 1\n");
  }
  SUBCASE("a circle of dependences") {
    const auto text = to_string(sdc_schedule(problem, {.ii = 2}).errors());
    CHECK(text.find("conv1, nest 0: dependences run in a circle of more latency than ii 2 * distance: ") == 0);
  }
  SUBCASE("a circle that chains") {
    CHECK(to_string(sdc_schedule(problem, {.ii = 3}).errors()) ==
          "conv1, nest 0: at ii 3 and a period of 1000 ps, dependences and the registers that their chains need run in "
          "a circle of more cycles than ii * distance: acc -> acc (a larger ii, a larger distance or a longer "
          "period)\n");
    CHECK(sdc_schedule(problem, {.ii = 4}));
    CHECK(pipelined_sdc_schedule(problem)->ii == 4);
  }
  SUBCASE("too few units") {
    problem.dependences.clear();
    problem.operations.push_back({"other", ClassId(0), 32});
    CHECK(to_string(sdc_schedule(problem, {.ii = 1}).errors()) ==
          "conv1, nest 0, class fp_add: its operations take 2 cycles, limit 1 * ii 1 gives 1 (the least ii is 2)\n");
  }
  SUBCASE("units that are free at the wrong times") {
    problem.classes[0].limit = 1;
    problem.dependences.clear();
    problem.operations.push_back({"other", ClassId(0), 32});
    // Always two cycles apart, in either direction, which at ii 2 is the same cycle.
    problem.dependences = {{OperationId(0), OperationId(2), 2, 0, false},
                           {OperationId(2), OperationId(0), 0, 1, false}};
    const auto text = to_string(sdc_schedule(problem, {.ii = 2}).errors());
    CHECK(text.find("modulo scheduling finds no cycle at ii 2 in which a unit of class fp_add is free (a larger ii)") !=
          std::string::npos);
    CHECK(text.find("conv1, nest 0, ") == 0);
    CHECK(pipelined_sdc_schedule(problem)->ii == 3);
  }
  SUBCASE("a period that is too short") {
    problem.period_ps = 500;
    CHECK(
        to_string(pipelined_sdc_schedule(problem).errors()) ==
        "conv1, nest 0, class fp_add: needs 600 ps in one cycle, the period is 500 ps (the least period is 600 ps)\n");
  }
}

TEST_CASE("scheduling stays fast: 3000 operations with chains and limits") {
  SchedulingProblem problem{.name = "large", .period_ps = 1000};
  problem.classes = {{.name = "read", .latency = 1, .limit = 8, .in_ps = 600, .out_ps = 500},
                     {.name = "mul", .latency = 3, .limit = 8, .in_ps = 900, .out_ps = 500},
                     {.name = "add", .latency = 5, .limit = 8, .in_ps = 900, .out_ps = 500},
                     {.name = "logic", .in_ps = 200}};
  std::mt19937 random(1);
  for (int i = 0; i < 3000; ++i) {
    problem.operations.push_back({"op" + std::to_string(i), ClassId(static_cast<std::size_t>(pick(random, 0, 3))), 32});
    for (int k = 0; i > 0 && k < 2; ++k) {
      const OperationId from(static_cast<std::size_t>(pick(random, std::max(0, i - 200), i - 1)));
      problem.dependences.push_back(
          {from, OperationId(static_cast<std::size_t>(i)), problem.class_of(from).latency, 0, true});
    }
    if (i % 50 == 49)
      problem.dependences.push_back(
          {OperationId(static_cast<std::size_t>(i)), OperationId(static_cast<std::size_t>(i - 9)), 2, 1, false});
  }
  for (const bool pipelined : {false, true}) {
    const std::clock_t start = std::clock();
    const auto schedule = pipelined ? pipelined_sdc_schedule(problem) : sdc_schedule(problem, {});
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    REQUIRE(schedule);
    CHECK(verify(problem, *schedule).empty());
    MESSAGE(std::string(pipelined ? "pipelined" : "sequential"), ": ", seconds, " s, ii ", schedule->ii, ", length ",
            schedule->length);
    CHECK(seconds < 10);
  }
}
