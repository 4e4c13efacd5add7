#pragma once

#include <optional>

#include "core/diag/expected.hpp"
#include "scheduler/schedule.hpp"

namespace sluice {

struct ListOptions {
  /// Cycles between iterations. Unset: iterations don't overlap, and the interval is the schedule's length.
  std::optional<int> ii;
};

/// Resource-constrained list scheduling (Hu 1961; with ALAP priority as in Paulin and Knight 1989): cycle by cycle,
/// each unit takes the ready operation of least slack, ties by the longer path; operations chain as far as the period
/// allows.
///
/// Without `ii`, an interval longer than the last operation needs is chosen where a later iteration depends on it. With
/// `ii`, units are reserved modulo ii and nothing is ever moved again, so a schedule may not be found where there is
/// one.
///
/// Infeasible: a class is too slow for the period; with `ii`, too few units, or a dependence that reaches back too
/// soon.
Expected<Schedule> list_schedule(const SchedulingProblem& problem, const ListOptions& options);

/// The list schedule of the least interval at which one is found, from the minimum upwards; at the latest, that without
/// overlap. Infeasible only if a class is too slow for the period.
Expected<Schedule> pipelined_list_schedule(const SchedulingProblem& problem);

}  // namespace sluice
