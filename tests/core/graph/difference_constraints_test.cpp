#include "core/graph/difference_constraints.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <optional>

#include "core/graph/positive_cycle.hpp"
#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

struct System {
  std::vector<DifferenceConstraint> constraints;
  std::vector<std::int64_t> costs;  // one for each variable
};

/// All variables lie between 0 and `most`, relative to the first.
System random_system(unsigned seed, int most) {
  std::mt19937 random(seed);
  const int count = pick(random, 2, 5);
  System system;
  for (int i = 0; i < count; ++i) system.costs.push_back(pick(random, -3, 3));
  for (int i = 1; i < count; ++i) {
    const auto variable = static_cast<std::size_t>(i);
    system.constraints.push_back({0, variable, 0});
    system.constraints.push_back({variable, 0, -most});
  }
  for (int k = pick(random, 0, 6); k > 0; --k) {
    const int from = pick(random, 1, count - 1);
    const int to = pick(random, 1, count - 1);
    system.constraints.push_back(
        {static_cast<std::size_t>(from), static_cast<std::size_t>(to), pick(random, -2, from == to ? 0 : 2)});
  }
  return system;
}

bool holds(const System& system, const std::vector<std::int64_t>& values) {
  return std::all_of(system.constraints.begin(), system.constraints.end(),
                     [&](const auto& c) { return values[c.to] - values[c.from] >= c.least; });
}

std::int64_t cost_of(const System& system, const std::vector<std::int64_t>& values) {
  std::int64_t cost = 0;
  for (std::size_t i = 0; i < values.size(); ++i) cost += system.costs[i] * (values[i] - values[0]);
  return cost;
}

/// Calls `visit` with all values from 0 to `most` that satisfy the constraints, x[0] = 0.
void for_each_solution(const System& system, int most, const std::function<void(const std::vector<std::int64_t>&)>& visit) {
  std::vector<std::int64_t> values(system.costs.size(), 0);
  const std::function<void(std::size_t)> choose = [&](std::size_t i) {
    if (i == values.size()) {
      if (holds(system, values)) visit(values);
      return;
    }
    for (values[i] = 0; values[i] <= most; ++values[i]) choose(i + 1);
  };
  choose(1);
}

void check_cycle(const System& system, const std::vector<std::size_t>& cycle) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    const auto& constraint = system.constraints[cycle[i]];
    sum += constraint.least;
    CHECK(constraint.to == system.constraints[cycle[(i + 1) % cycle.size()]].from);
  }
  CHECK(sum > 0);
}

}  // namespace

TEST_CASE("least values and least costs are those of all solutions") {
  constexpr int kMost = 4;
  int feasible = 0;
  for (unsigned seed = 0; seed < 1000; ++seed) {
    CAPTURE(seed);
    const System system = random_system(seed, kMost);
    std::optional<std::int64_t> least_cost;
    std::vector<std::int64_t> lowest(system.costs.size(), kMost);
    for_each_solution(system, kMost, [&](const auto& values) {
      least_cost = std::min(least_cost.value_or(1'000), cost_of(system, values));
      for (std::size_t i = 0; i < values.size(); ++i) lowest[i] = std::min(lowest[i], values[i]);
    });
    const auto least = least_values(system.costs.size(), system.constraints);
    const auto cheapest = least_cost_values(system.constraints, system.costs);
    REQUIRE(least.feasible() == least_cost.has_value());
    REQUIRE(cheapest.feasible() == least_cost.has_value());
    if (!least_cost) {
      check_cycle(system, least.cycle);
      check_cycle(system, cheapest.cycle);
      continue;
    }
    ++feasible;
    lowest[0] = 0;
    CHECK(least.values == lowest);
    CHECK(holds(system, cheapest.values));
    CHECK(cheapest.values[0] == 0);
    CHECK(cost_of(system, cheapest.values) == *least_cost);
  }
  CHECK(feasible > 500);
  CHECK(feasible < 980);
}

TEST_CASE("a positive cycle is found in large systems exactly if there is one") {
  for (unsigned seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    System system;
    system.costs.assign(300, 0);
    Topology topology(300);
    std::vector<std::int64_t> weights;
    for (int k = 0; k < 600; ++k) {
      const auto from = static_cast<std::size_t>(pick(random, 0, 299));
      const auto to = static_cast<std::size_t>(pick(random, 0, 299));
      const int least = from < to ? pick(random, 0, 3) : pick(random, -1400, -100);
      system.constraints.push_back({from, to, least});
      topology.add_edge(from, to);
      weights.push_back(least);
    }
    const auto least = least_values(300, system.constraints);
    CHECK(least.feasible() == find_positive_cycle(topology, weights).empty());
    if (least.feasible()) {
      CHECK(holds(system, least.values));
    } else {
      check_cycle(system, least.cycle);
    }
  }
}

TEST_CASE("costs that fall for ever are refused") {
  CHECK_THROWS_AS(least_cost_values({{0, 1, 0}}, {0, -1}), std::logic_error);
}
