#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sluice {

/// x[to] - x[from] >= least.
struct DifferenceConstraint {
  std::size_t from = 0;
  std::size_t to = 0;
  std::int64_t least = 0;
};

/// Values of the variables; or, if there are none, a cycle of constraints whose `least` have a sum above 0.
struct DifferenceSolution {
  std::vector<std::int64_t> values;
  std::vector<std::size_t> cycle;  ///< indices of constraints, each ending where the next begins

  [[nodiscard]] bool feasible() const { return cycle.empty(); }
};

/// The least values, none below 0, that satisfy all constraints. Bellman-Ford in the order of a depth-first search
/// (Yen 1970): about linear where few constraints run backwards.
DifferenceSolution least_values(std::size_t variables, const std::vector<DifferenceConstraint>& constraints);

/// Values with the least sum of costs[i] * x[i], relative to x[0] = 0: the dual of a minimum-cost flow, by LEMON's
/// network simplex. There must be such a least sum: of any variables with costs of a sum above 0, some must be bounded
/// from below by others, down to x[0].
DifferenceSolution least_cost_values(const std::vector<DifferenceConstraint>& constraints,
                                     const std::vector<std::int64_t>& costs);

}  // namespace sluice
