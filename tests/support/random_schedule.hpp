#pragma once

#include <optional>
#include <random>

#include "scheduler/interval.hpp"
#include "scheduler/reservation.hpp"
#include "scheduler/schedule.hpp"
#include "scheduler/start_rules.hpp"
#include "tests/support/random_problem.hpp"

namespace sluice::test {

/// A legal schedule with the interval `ii`, each operation up to `most_delay` cycles later than it could be; none if
/// the dice found none.
inline std::optional<Schedule> random_schedule(const SchedulingProblem& problem, int ii, int most_delay,
                                               unsigned seed) {
  if (!check_interval(problem, ii).empty()) return std::nullopt;
  std::mt19937 random(seed);
  const DependenceLists lists(problem);
  const StartRules rules(problem, lists, ii);
  ReservationTable table(problem, ii);
  Schedule schedule{ii, 1, std::vector<Slot>(problem.operations.size(), Slot{StartRules::kUnplaced, 0})};
  for (const auto id : operations_in_order(problem)) {
    Slot slot = rules.earliest(id, schedule.slots);
    slot.cycle += pick(random, 0, most_delay);
    const ClassId unit = problem.operations[id.index()].unit_class;
    const auto fits = [&] {
      slot.phase_ps = rules.phase_at(id, slot.cycle, schedule.slots);
      return slot.phase_ps + problem.class_of(id).in_ps <= problem.period_ps && table.has_room(unit, slot.cycle);
    };
    for (int tries = 0; !fits(); ++tries, ++slot.cycle) {
      if (tries > 2 * ii) return std::nullopt;
    }
    table.take(unit, slot.cycle);
    schedule.slots[id.index()] = slot;
  }
  schedule.length = covering_length(problem, lists, schedule.slots) + pick(random, 0, 2);
  if (!verify(problem, schedule).empty()) return std::nullopt;  // a dependence on an earlier iteration
  return schedule;
}

}  // namespace sluice::test
