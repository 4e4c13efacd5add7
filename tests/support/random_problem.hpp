#pragma once

#include <random>
#include <string>

#include "scheduler/problem.hpp"

namespace sluice::test {

struct RandomProblemOptions {
  int most_operations = 60;
  bool limits = true;   ///< classes with a limited number of units
  bool carried = true;  ///< dependences to later iterations
  int most_occupancy = 3;
};

/// A whole number from `low` to `high`. (Distributions of <random> differ between libraries, this does not.)
inline int pick(std::mt19937& random, int low, int high) {
  return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
}

/// A problem that `verify` accepts and whose delays fit its period.
inline SchedulingProblem random_problem(unsigned seed, const RandomProblemOptions& options = {}) {
  std::mt19937 random(seed);
  SchedulingProblem problem{.name = "random " + std::to_string(seed), .period_ps = 1000};
  const int classes = pick(random, 1, 6);
  for (int c = 0; c < classes; ++c) {
    UnitClass unit{.name = "class " + std::to_string(c)};
    unit.latency = pick(random, 0, 4);
    unit.occupancy = pick(random, 1, options.most_occupancy);
    unit.limit = options.limits ? pick(random, 0, 3) : 0;
    unit.in_ps = pick(random, 0, 700);
    unit.out_ps = unit.latency > 0 ? pick(random, 0, 900) : 0;
    problem.classes.push_back(unit);
  }
  problem.classes.push_back({.name = "held", .in_ps = pick(random, 0, 300), .held = true});
  const int count = pick(random, 1, options.most_operations);
  for (int i = 0; i < count; ++i) {
    problem.operations.push_back(
        {"op" + std::to_string(i), ClassId(static_cast<std::size_t>(pick(random, 0, classes)))});
  }
  const auto add = [&](int from, int to, bool data, int distance) {
    const OperationId source(static_cast<std::size_t>(from));
    const OperationId target(static_cast<std::size_t>(to));
    if (data && problem.class_of(target).held) return;
    const int latency = data ? problem.class_of(source).latency : pick(random, 0, 6);
    problem.dependences.push_back({source, target, latency, distance, data});
  };
  for (int to = 1; to < count; ++to) {
    for (int k = pick(random, 0, 3); k > 0; --k)
      add(pick(random, std::max(0, to - 12), to - 1), to, pick(random, 0, 4) > 0, 0);
  }
  for (int k = options.carried ? pick(random, 0, count / 4 + 1) : 0; k > 0; --k) {
    add(pick(random, 0, count - 1), pick(random, 0, count - 1), pick(random, 0, 2) > 0, pick(random, 1, 3));
  }
  for (auto& operation : problem.operations) operation.width = pick(random, 0, 40);
  return problem;
}

}  // namespace sluice::test
