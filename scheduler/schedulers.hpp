#pragma once

#include <span>
#include <string_view>

#include "core/diag/expected.hpp"
#include "scheduler/schedule.hpp"

namespace sluice {

struct ScheduleOptions {
  /// Iterations overlap: the interval is the least that the scheduler finds. Otherwise it is the schedule's length.
  bool pipelined = false;
};

/// A scheduler as the user picks it.
struct SchedulerEntry {
  std::string_view name;
  std::string_view description;
  Expected<Schedule> (*schedule)(const SchedulingProblem&, const ScheduleOptions&);
};

/// All schedulers, the default first.
std::span<const SchedulerEntry> schedulers();

/// The scheduler of that name; null if there is none.
const SchedulerEntry* find_scheduler(std::string_view name);

}  // namespace sluice
