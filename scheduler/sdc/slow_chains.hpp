#pragma once

#include <vector>

#include "scheduler/dependence_graph.hpp"
#include "scheduler/sdc/start_constraint.hpp"

namespace sluice {

/// Finds the chains of delays that take longer than the period, as difference constraints (Cong and Zhang 2006).
///
/// A chain goes from one operation to another along data dependences that all end in the very cycle in which the data
/// is ready. The starts of its ends differ by the sum of latency - ii * distance, and by no less in any schedule: that
/// they differ by one more is what forbids exactly this chain. Only chains that a schedule has are looked for, and of
/// those the shortest pieces that are too slow, so that their number stays small; who adds them to the system and
/// solves it again is done when no more are found.
class SlowChains {
 public:
  SlowChains(const SchedulingProblem& problem, const DependenceLists& lists);

  /// At most one for each operation, which ends there. What is chained to a held result counts as chained to it in any
  /// cycle.
  [[nodiscard]] std::vector<StartConstraint> find(const std::vector<std::int64_t>& starts, int ii) const;

 private:
  struct Arrivals;
  [[nodiscard]] Arrivals arrivals(const std::vector<std::int64_t>& starts, int ii) const;
  [[nodiscard]] StartConstraint shortest_piece(OperationId end, const Arrivals& arrivals, int ii) const;
  [[nodiscard]] bool chains(const Dependence& dependence, const std::vector<std::int64_t>& starts, int ii) const;

  const SchedulingProblem& problem_;
  const DependenceLists& lists_;
  std::vector<OperationId> order_;
  std::vector<int> held_ps_;   // of each operation, when its held operands are there
  std::vector<bool> carries_;  // of each operation, whether a later iteration uses its result
};

}  // namespace sluice
