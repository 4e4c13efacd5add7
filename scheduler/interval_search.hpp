#pragma once

#include <functional>
#include <optional>

#include "scheduler/schedule.hpp"

namespace sluice {

/// The schedule of the least interval, from the minimum upwards, at which `attempt(ii)` finds one; `otherwise`, which
/// is a legal schedule, if it finds none below that schedule's interval. The steps grow with the intervals that failed:
/// by one at first, then by an eighth of the way from the minimum.
Schedule search_interval(const SchedulingProblem& problem, Schedule otherwise,
                         const std::function<std::optional<Schedule>(int ii)>& attempt);

}  // namespace sluice
