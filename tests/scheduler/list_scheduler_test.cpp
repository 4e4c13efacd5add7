#include "scheduler/list_scheduler.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <chrono>

#include "scheduler/bounds.hpp"
#include "scheduler/interval.hpp"
#include "scheduler/minimum_interval.hpp"
#include "scheduler/schedulers.hpp"
#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

OperationId op(std::size_t i) { return OperationId(i); }

/// Operations of the one class in a row, each needing the one before.
SchedulingProblem chain_of(UnitClass unit, int count) {
  SchedulingProblem problem{.name = "chain", .period_ps = 1000, .classes = {std::move(unit)}};
  for (int i = 0; i < count; ++i) problem.operations.push_back({fmt::format("op{}", i), ClassId(0)});
  for (int i = 1; i < count; ++i) {
    problem.dependences.push_back({op(i - 1), op(i), problem.classes[0].latency, 0, true});
  }
  return problem;
}

}  // namespace

TEST_CASE("list schedules of random problems are legal, and no shorter interval is with the same starts") {
  for (unsigned seed = 0; seed < 1500; ++seed) {
    CAPTURE(seed);
    const auto problem = random_problem(seed);
    REQUIRE(to_string(verify(problem)) == "");
    auto schedule = list_schedule(problem, {});
    REQUIRE(schedule);
    CHECK(to_string(verify(problem, *schedule)) == "");
    CHECK(schedule->ii == schedule->length);
    CHECK(schedule->length >= find_bounds(problem).length);
    if (schedule->ii == 1) continue;
    --schedule->ii;
    --schedule->length;
    CHECK(verify(problem, *schedule) != Diagnostics{});
  }
}

TEST_CASE("with units without limit, each operation starts as soon as possible") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const auto problem = random_problem(seed, {.limits = false, .carried = false, .most_occupancy = 1});
    const auto schedule = list_schedule(problem, {});
    REQUIRE(schedule);
    const auto bounds = find_bounds(problem);
    CHECK(schedule->slots == bounds.asap);
    CHECK(schedule->length == bounds.length);
  }
}

TEST_CASE(
    "with an interval given, what is found is legal, and most problems have a schedule not far above the bounds") {
  int found = 0;
  int tried = 0;
  for (unsigned seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    const auto problem = random_problem(seed);
    int ii = 1;
    while (!check_interval(problem, ii).empty()) ++ii;
    for (int more = 0; more < 3; ++more) {
      ++tried;
      const auto schedule = list_schedule(problem, {.ii = ii + more});
      if (!schedule) continue;
      ++found;
      CHECK(schedule->ii == ii + more);
      CHECK(to_string(verify(problem, *schedule)) == "");
    }
  }
  CHECK(found * 10 > tried * 6);
}

TEST_CASE("pipelined list schedules are legal and keep to the minimum interval and to that without overlap") {
  int at_minimum = 0;
  for (unsigned seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    const auto problem = random_problem(seed);
    const auto schedule = pipelined_list_schedule(problem);
    REQUIRE(schedule);
    CHECK(to_string(verify(problem, *schedule)) == "");
    const int least = minimum_interval(problem).cycles();
    CHECK(schedule->ii >= least);
    CHECK(schedule->ii <= list_schedule(problem, {})->ii);
    if (schedule->ii == least) ++at_minimum;
  }
  CHECK(at_minimum > 250);
}

TEST_CASE("operations chain as far as the period allows") {
  const auto problem = chain_of({.name = "logic", .in_ps = 400}, 5);
  const auto schedule = list_schedule(problem, {});
  REQUIRE(schedule);
  CHECK(schedule->slots == std::vector<Slot>{{0, 0}, {0, 400}, {1, 0}, {1, 400}, {2, 0}});
  CHECK(schedule->length == 3);
}

TEST_CASE("a result chains only into what fits behind the unit's last register") {
  auto problem = chain_of({.name = "add", .latency = 2, .in_ps = 300, .out_ps = 600}, 3);
  CHECK(list_schedule(problem, {})->slots == std::vector<Slot>{{0, 0}, {2, 600}, {4, 600}});
  problem.classes[0].in_ps = 500;
  CHECK(list_schedule(problem, {})->slots == std::vector<Slot>{{0, 0}, {3, 0}, {6, 0}});
}

TEST_CASE("the operation with the longer way to go gets the unit first") {
  SchedulingProblem problem{.name = "urgent", .period_ps = 1000};
  problem.classes = {{.name = "mul", .latency = 1, .limit = 1, .in_ps = 900}};
  problem.operations = {{"leaf", ClassId(0)}, {"head", ClassId(0)}, {"tail", ClassId(0)}};
  problem.dependences = {{op(1), op(2), 1, 0, true}};
  const auto schedule = list_schedule(problem, {});
  REQUIRE(schedule);
  CHECK(schedule->slots[1].cycle == 0);
  CHECK(schedule->slots[0].cycle == 1);
}

TEST_CASE("a dependence of a later iteration makes the interval longer than the operations need") {
  auto problem = chain_of({.name = "step", .in_ps = 900}, 2);
  problem.dependences.push_back({op(1), op(0), 7, 2, false});
  const auto schedule = list_schedule(problem, {});
  REQUIRE(schedule);
  CHECK(schedule->ii == 4);  // 0 + 2 * ii >= 1 + 7
  CHECK(schedule->length == 4);
}

TEST_CASE("a blocking unit is free again before the next iteration starts") {
  auto problem = chain_of({.name = "divide", .latency = 1, .occupancy = 5, .limit = 1}, 1);
  CHECK(list_schedule(problem, {})->ii == 5);
  problem.classes[0].limit = 2;  // of no help: the operation has one unit in all iterations
  CHECK(list_schedule(problem, {})->ii == 5);
  CHECK(to_string(list_schedule(problem, {.ii = 4}).errors()) ==
        "chain, class divide: an operation takes a unit for 5 cycles, ii is 4 (the least ii is 5)\n");
}

TEST_CASE("an infeasible request says why") {
  auto problem = chain_of({.name = "add", .latency = 3, .limit = 1, .in_ps = 300}, 4);
  SUBCASE("too few units") {
    CHECK(to_string(list_schedule(problem, {.ii = 3}).errors()) ==
          "chain, class add: its operations take 4 cycles, limit 1 * ii 3 gives 3 (the least ii is 4)\n");
  }
  SUBCASE("a recurrence") {
    problem.dependences.push_back({op(3), op(2), 3, 1, true});
    CHECK(list_schedule(problem, {.ii = 6}));
    const auto text = to_string(list_schedule(problem, {.ii = 5}).errors());
    CHECK(text.find("dependences run in a circle of more latency than ii 5 * distance") != std::string::npos);
    CHECK(text.find("op2") != std::string::npos);
    CHECK(text.find("op3") != std::string::npos);
    CHECK(text.find("op1") == std::string::npos);
  }
  SUBCASE("a period that is too short") {
    problem.period_ps = 200;
    CHECK(to_string(list_schedule(problem, {}).errors()) ==
          "chain, class add: needs 300 ps in one cycle, the period is 200 ps (the least period is 300 ps)\n");
  }
}

TEST_CASE("schedulers are found by name") {
  REQUIRE(find_scheduler("list"));
  CHECK(find_scheduler("list")->schedule(chain_of({.name = "a"}, 2), {}));
  CHECK(find_scheduler("none") == nullptr);
}

TEST_SUITE("slow") {
  TEST_CASE("30000 operations take less than some seconds") {
    auto problem = random_problem(1, {.most_operations = 10});
    problem.operations.clear();
    problem.dependences.clear();
    problem.classes = {{.name = "read", .latency = 1, .limit = 4, .in_ps = 600, .out_ps = 500},
                       {.name = "mul", .latency = 3, .limit = 8, .in_ps = 900, .out_ps = 500},
                       {.name = "add", .latency = 5, .limit = 8, .in_ps = 900, .out_ps = 500},
                       {.name = "logic", .in_ps = 200}};
    std::mt19937 random(1);
    for (std::size_t i = 0; i < 30'000; ++i) {
      problem.operations.push_back({fmt::format("op{}", i), ClassId(static_cast<std::size_t>(pick(random, 0, 3)))});
      for (int k = 0; i > 0 && k < 2; ++k) {
        const auto from =
            op(static_cast<std::size_t>(pick(random, std::max(0, static_cast<int>(i) - 500), static_cast<int>(i) - 1)));
        problem.dependences.push_back({from, op(i), problem.class_of(from).latency, 0, true});
      }
    }
    const auto start = std::chrono::steady_clock::now();
    const auto schedule = list_schedule(problem, {});
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    REQUIRE(schedule);
    CHECK(verify(problem, *schedule).empty());
    MESSAGE("30,000 operations in ", seconds.count(), " s, length ", schedule->length);
    CHECK(seconds.count() < 10);
  }
}
