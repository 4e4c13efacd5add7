#pragma once

#include "core/diag/diagnostic.hpp"
#include "scheduler/schedule.hpp"

namespace sluice {

/// Why no schedule can have the interval `ii`: classes with fewer units than their operations take in ii cycles, or
/// whose units are taken for longer than that by one; a cycle of dependences whose latencies add up to more than ii
/// times its distances; operations that would have to chain into themselves against the period. Empty: these don't
/// forbid it.
Diagnostics check_interval(const SchedulingProblem& problem, int ii);

/// The least interval from `least` on at which every dependence holds and no class is used beyond its limit, with the
/// operations where they are and `least` no shorter than an iteration.
int interval_for(const SchedulingProblem& problem, const std::vector<Slot>& slots, int least);

}  // namespace sluice
