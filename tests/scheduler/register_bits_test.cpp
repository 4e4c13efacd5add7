#include "scheduler/register_bits.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("register bits are counted from the cycle after a value is made to its last use") {
  SchedulingProblem problem{.name = "p", .period_ps = 1000};
  problem.classes = {{.name = "add", .latency = 2}, {.name = "counters", .held = true}};
  problem.operations = {{"a", ClassId(0), 16}, {"b", ClassId(0), 0}, {"guard", ClassId(1), 1}};
  problem.dependences = {{OperationId(0), OperationId(1), 2, 0, true}};
  Schedule schedule{4, 12, {{0, 0}, {2, 0}, {0, 0}}};
  CHECK(register_bit_cycles(problem, schedule) == 0);  // used in the cycle in which it is made
  schedule.slots[1].cycle = 5;
  CHECK(register_bit_cycles(problem, schedule) == 3 * 16);
  problem.dependences.push_back({OperationId(0), OperationId(1), 2, 1, true});
  CHECK(register_bit_cycles(problem, schedule) == 7 * 16);  // the last use counts: an iteration later
  problem.dependences = {{OperationId(2), OperationId(1), 0, 0, true}, {OperationId(0), OperationId(1), 9, 0, false}};
  CHECK(register_bit_cycles(problem, schedule) == 2);  // cycles 4 and 5; through cycle 3 it is held
  schedule.slots[1].cycle = 3;
  CHECK(register_bit_cycles(problem, schedule) == 0);
}
