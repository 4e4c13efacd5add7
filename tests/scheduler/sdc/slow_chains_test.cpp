#include "scheduler/sdc/slow_chains.hpp"

#include <doctest/doctest.h>

#include "scheduler/schedule.hpp"
#include "scheduler/sdc/sdc_system.hpp"
#include "scheduler/start_rules.hpp"
#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

OperationId op(std::size_t i) { return OperationId(i); }

/// Five operations of 400 ps in a row, of which two fit into the period.
SchedulingProblem logic_chain() {
  SchedulingProblem problem{.name = "chain", .period_ps = 1000, .classes = {{.name = "logic", .in_ps = 400}}};
  for (std::size_t i = 0; i < 5; ++i) problem.operations.push_back({"op" + std::to_string(i), ClassId(0)});
  for (std::size_t i = 1; i < 5; ++i) problem.dependences.push_back({op(i - 1), op(i), 0, 0, true});
  return problem;
}

}  // namespace

TEST_CASE("every shortest piece of a chain that is too slow is found, once for each operation that ends one") {
  const auto problem = logic_chain();
  const DependenceLists lists(problem);
  const auto found = SlowChains(problem, lists).find({0, 0, 0, 0, 0}, 1);
  REQUIRE(found.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(found[i].from == op(i));
    CHECK(found[i].to == op(i + 2));
    CHECK(found[i].least == 1);
  }
  CHECK(SlowChains(problem, lists).find({0, 0, 1, 1, 2}, 1).empty());
}

TEST_CASE("chains go through registers' outputs and on into later iterations, and start behind held results") {
  auto problem = logic_chain();
  problem.classes.push_back({.name = "add", .latency = 3, .in_ps = 100, .out_ps = 300});
  problem.classes.push_back({.name = "counters", .in_ps = 250, .held = true});
  SUBCASE("a register's output counts") {
    problem.operations[0].unit_class = ClassId(1);
    problem.dependences[0].latency = 3;
    const DependenceLists lists(problem);
    const auto found = SlowChains(problem, lists).find({0, 3, 3, 4, 4}, 1);
    REQUIRE(found.size() == 1);
    CHECK(found[0].from == op(0));
    CHECK(found[0].to == op(2));
    CHECK(found[0].least == 4);
  }
  SUBCASE("an iteration later") {
    problem.dependences[1].distance = 2;
    const DependenceLists lists(problem);
    const auto found = SlowChains(problem, lists).find({6, 6, 0, 1, 1}, 3);
    REQUIRE(found.size() == 1);
    CHECK(found[0].from == op(0));
    CHECK(found[0].to == op(2));
    CHECK(found[0].least == 1 - 2 * 3);
  }
  SUBCASE("a held operand") {
    problem.operations.push_back({"guard", ClassId(2)});
    problem.dependences.push_back({op(5), op(0), 0, 0, true});
    const DependenceLists lists(problem);
    const auto found = SlowChains(problem, lists).find({7, 7, 8, 8, 9, 0}, 1);
    REQUIRE(found.size() == 1);
    CHECK(found[0].from == op(0));
    CHECK(found[0].to == op(1));
  }
  SUBCASE("an iteration later, where only the whole chain comes after a held operand") {
    problem.classes[2].in_ps = 500;
    problem.operations.push_back({"guard", ClassId(2)});
    problem.dependences.push_back({op(5), op(0), 0, 0, true});
    problem.dependences.push_back({op(2), op(0), 0, 1, true});
    const DependenceLists lists(problem);
    const auto found = SlowChains(problem, lists).find({4, 5, 5, 6, 6, 0}, 1);
    REQUIRE(found.size() == 1);
    CHECK(found[0].from == op(1));
    CHECK(found[0].to == op(0));
    CHECK(found[0].least == 0);
  }
}

TEST_CASE("no legal schedule breaks a constraint that a slow chain gave") {
  int constraints = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const auto problem = random_problem(seed, {.limits = false});
    const DependenceLists lists(problem);
    const StartRules rules(problem, lists, 0);
    std::mt19937 random(seed);
    std::vector<Slot> legal(problem.operations.size());
    std::vector<std::int64_t> starts(legal.size(), 0);
    for (const auto id : operations_in_order(problem)) {
      legal[id.index()] = rules.earliest(id, legal, pick(random, 0, 3));
      for (const auto i : lists.in[id.index()]) {
        const auto& dependence = problem.dependences[i];
        if (dependence.distance > 0) continue;
        auto& start = starts[id.index()];
        start = std::max(start, starts[dependence.from.index()] + dependence.latency);
      }
    }
    // At an interval so large, no chain goes on in a later iteration.
    for (const auto& constraint : SlowChains(problem, lists).find(starts, 1'000)) {
      ++constraints;
      CHECK(legal[constraint.to.index()].cycle - legal[constraint.from.index()].cycle >= constraint.least);
    }
  }
  CHECK(constraints > 500);
}
