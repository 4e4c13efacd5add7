#include "scheduler/minimum_interval.hpp"

#include <doctest/doctest.h>

#include "scheduler/interval.hpp"
#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

TEST_CASE("the minimum interval is the least that units and recurrences allow") {
  for (unsigned seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    auto problem = random_problem(seed);
    for (auto& unit : problem.classes) unit.in_ps = unit.out_ps = 0;  // nothing chains into itself
    const int least = minimum_interval(problem).cycles();
    CHECK(to_string(check_interval(problem, least)) == "");
    if (least > 1) CHECK(check_interval(problem, least - 1) != Diagnostics{});
  }
}

TEST_CASE("the two bounds are told apart") {
  SchedulingProblem problem{.name = "sum", .period_ps = 1000};
  problem.classes = {{.name = "add", .latency = 4, .limit = 2}, {.name = "divide", .latency = 9, .occupancy = 3}};
  for (int i = 0; i < 5; ++i) problem.operations.push_back({"add", ClassId(0)});
  CHECK(minimum_interval(problem).resource == 3);  // 5 additions on 2 units
  CHECK(minimum_interval(problem).recurrence == 1);
  problem.dependences = {{OperationId(0), OperationId(0), 4, 3, true}};
  CHECK(minimum_interval(problem).recurrence == 2);  // 4 cycles, 3 iterations
  problem.operations.push_back({"divide", ClassId(1)});
  problem.operations.push_back({"divide", ClassId(1)});
  CHECK(minimum_interval(problem).resource == 3);
  problem.dependences.push_back({OperationId(5), OperationId(6), 9, 0, true});
  problem.dependences.push_back({OperationId(6), OperationId(5), 9, 1, true});
  CHECK(minimum_interval(problem).recurrence == 18);
}
