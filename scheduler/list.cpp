#include <algorithm>
#include <array>

#include "scheduler/list_scheduler.hpp"
#include "scheduler/schedulers.hpp"
#include "scheduler/sdc/sdc_scheduler.hpp"

namespace sluice {

std::span<const SchedulerEntry> schedulers() {
  static constexpr std::array all{
      SchedulerEntry{"sdc", "system of difference constraints: the least length, then the fewest register bits",
                     [](const SchedulingProblem& problem, const ScheduleOptions& options) {
                       return options.pipelined ? pipelined_sdc_schedule(problem) : sdc_schedule(problem, {});
                     }},
      SchedulerEntry{"list", "resource-constrained list scheduling, cycle by cycle, the most urgent operation first",
                     [](const SchedulingProblem& problem, const ScheduleOptions& options) {
                       return options.pipelined ? pipelined_list_schedule(problem) : list_schedule(problem, {});
                     }},
  };
  return all;
}

const SchedulerEntry* find_scheduler(std::string_view name) {
  const auto all = schedulers();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& entry) { return entry.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace sluice
