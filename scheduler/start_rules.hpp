#pragma once

#include <vector>

#include "core/diag/diagnostic.hpp"
#include "scheduler/dependence_graph.hpp"
#include "scheduler/schedule.hpp"

namespace sluice {

/// Where operations can start, given where their predecessors do: the rules of chaining, for schedulers to share.
/// `ii` 0 means that iterations don't overlap: ii will be the schedule's length, whatever that becomes.
class StartRules {
 public:
  StartRules(const SchedulingProblem& problem, const DependenceLists& lists, int ii)
      : problem_(problem), lists_(lists), ii_(ii) {}

  /// The first cycle in which dependences let `id` start. Predecessors that are `kUnplaced` don't count, nor do those
  /// of earlier iterations where iterations don't overlap.
  [[nodiscard]] int first_cycle(OperationId id, const std::vector<Slot>& slots) const;

  /// The first cycle from there and from `not_before` on in which the period allows it too, and the phase then. There
  /// is one where `too_slow_for_period` and, with `ii`, `check_interval` find nothing.
  [[nodiscard]] Slot earliest(OperationId id, const std::vector<Slot>& slots, int not_before = 0) const;

  /// When its operands are there if `id` starts in `cycle`, in ps. Predecessors that are `kUnplaced` don't count.
  [[nodiscard]] int phase_at(OperationId id, int cycle, const std::vector<Slot>& slots) const;

  /// When the result of `id` is there, in ps after the start of its cycle.
  [[nodiscard]] int arrival_ps(OperationId id, const std::vector<Slot>& slots) const;

  /// The cycle of an operation that has no slot yet.
  static constexpr int kUnplaced = -1;

 private:
  [[nodiscard]] bool chains(const Dependence& dependence, int from_cycle, int to_cycle) const;

  const SchedulingProblem& problem_;
  const DependenceLists& lists_;
  int ii_;
};

/// Cycles that the operation needs in its iteration from its start on: a result that is read is there in the last of
/// them, anything else is done by its end.
int cycles_needed(const SchedulingProblem& problem, const DependenceLists& lists, OperationId id);

/// The least length that covers all operations.
int covering_length(const SchedulingProblem& problem, const DependenceLists& lists, const std::vector<Slot>& slots);

/// Classes in use, or chains out of held results, that take longer than the period wherever they are put: no schedule
/// can help. The hint gives the least period.
Diagnostics too_slow_for_period(const SchedulingProblem& problem);

}  // namespace sluice
