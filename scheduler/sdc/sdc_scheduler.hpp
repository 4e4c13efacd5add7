#pragma once

#include <optional>

#include "core/diag/expected.hpp"
#include "scheduler/schedule.hpp"

namespace sluice {

struct SdcOptions {
  /// Cycles between iterations. Unset: iterations don't overlap, and the interval is the schedule's length.
  std::optional<int> ii;
};

/// Scheduling by a system of difference constraints (Cong and Zhang, DAC 2006): the least length, then the fewest
/// register bits for that length, both exactly for the order that operations have on units. Without `ii` that order is
/// the list scheduler's. With `ii` it comes from a search with backtracking (modulo SDC: Zhang and Liu, ICCAD 2013;
/// Canis, Brown and Anderson, FPL 2014).
///
/// Infeasible: a class is too slow for the period; with `ii`, too few units, a circle of dependences, or an operation
/// that the search finds no place for.
Expected<Schedule> sdc_schedule(const SchedulingProblem& problem, const SdcOptions& options);

/// The schedule of the least interval at which one is found, from the minimum upwards; at the latest, that without
/// overlap. Infeasible only if a class is too slow for the period.
Expected<Schedule> pipelined_sdc_schedule(const SchedulingProblem& problem);

}  // namespace sluice
