#pragma once

#include <vector>

#include "scheduler/schedule.hpp"
#include "scheduler/sdc/start_constraint.hpp"

namespace sluice {

/// Keeps operations of one class, with a limit of n, in the order in which `schedule` has them in the cycles modulo its
/// interval: each starts no sooner than the n-th before it leaves its unit, around the circle (Cong and Zhang 2006, for
/// one iteration; Zhang and Liu 2013 for overlapping ones). Any starts that satisfy this at the interval `ii` keep the
/// limits. `schedule` itself satisfies it at its own interval; with another one, it must not overlap iterations.
std::vector<StartConstraint> unit_order(const SchedulingProblem& problem, const Schedule& schedule, int ii);

}  // namespace sluice
