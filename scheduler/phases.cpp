#include "scheduler/phases.hpp"

#include <algorithm>

#include "scheduler/start_rules.hpp"

namespace sluice {

void set_phases(const SchedulingProblem& problem, Schedule& schedule) {
  const DependenceLists lists(problem);
  const StartRules rules(problem, lists, schedule.ii);
  // Chains within an iteration follow this order; one that goes on in a later iteration may need another pass.
  bool changed = true;
  const auto order = operations_in_order(problem);
  while (changed) {
    changed = false;
    for (const auto id : order) {
      Slot& slot = schedule.slots[id.index()];
      const int phase = rules.phase_at(id, slot.cycle, schedule.slots);
      changed = changed || phase != slot.phase_ps;
      slot.phase_ps = phase;
    }
  }
}

}  // namespace sluice
