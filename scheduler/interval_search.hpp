#pragma once

#include <functional>
#include <optional>

#include "core/diag/expected.hpp"
#include "scheduler/schedule.hpp"

namespace sluice {

/// The schedule of the least interval, from the minimum upwards, at which `attempt(ii)` finds one; if it finds none
/// below the interval of `apart()`, the schedule of one iteration after the other, that one. The steps grow with the
/// intervals that failed: by one at first, then by an eighth of the way from the minimum. `apart` is not asked where
/// the minimum will do. Errors: those of `apart`.
Expected<Schedule> search_interval(const SchedulingProblem& problem, const std::function<Expected<Schedule>()>& apart,
                                   const std::function<std::optional<Schedule>(int ii)>& attempt);

}  // namespace sluice
