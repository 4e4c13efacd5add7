#pragma once

#include "scheduler/schedule.hpp"

namespace sluice {

/// Sets the phases that follow from a schedule's start cycles and interval: for who moves operations or changes the
/// interval of a schedule that exists. Whether the chains still fit the period is for `verify` to say.
void set_phases(const SchedulingProblem& problem, Schedule& schedule);

}  // namespace sluice
