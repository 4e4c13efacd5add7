#pragma once

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <random>

#include "scheduler/interval.hpp"
#include "scheduler/schedule.hpp"
#include "scheduler/sdc/modulo_state.hpp"
#include "scheduler/sdc/sdc_scheduler.hpp"
#include "scheduler/sdc/sdc_system.hpp"
#include "tests/support/random_problem.hpp"

namespace sluice::test {

/// A legal schedule with the interval `ii`: operations in a random order get a slot that is up to `most_delay` cycles
/// later than it could be. With `length`, an iteration takes at most that. None if the dice found none.
inline std::optional<Schedule> random_schedule(const SchedulingProblem& problem, int ii, int most_delay, unsigned seed,
                                               std::optional<int> length = {}) {
  if (!check_interval(problem, ii).empty()) return std::nullopt;
  std::mt19937 random(seed);
  const DependenceLists lists(problem);
  SdcSystem system(problem, lists, ii);
  const auto soonest = system.soonest();
  if (!system.feasible()) return std::nullopt;
  ModuloState state(problem, lists, ii, soonest, length.value_or(std::numeric_limits<int>::max()));
  std::vector<std::size_t> order(problem.operations.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  for (const auto i : order) {
    const OperationId id(i);
    const auto here = state.mark();
    state.delay(id, state.cycle(id) + pick(random, 0, most_delay));
    if (state.too_long()) state.undo_to(here);
    if (problem.class_of(id).limit == 0) continue;
    for (int tries = 0; !state.has_room(id); ++tries) {
      if (tries > 2 * ii) return std::nullopt;
      state.delay(id, state.cycle(id) + 1);
    }
    state.take(id);
  }
  if (state.too_long()) return std::nullopt;
  const int covering = covering_length(problem, lists, state.slots());
  return Schedule{ii, length.value_or(covering + pick(random, 0, 2)), state.slots()};
}

/// A legal schedule of overlapping iterations: at a random interval from the least that SDC finds to a few above, with
/// random slack. Falls back on SDC's own where the dice find none.
inline Schedule random_pipelined_schedule(const SchedulingProblem& problem, int most_delay, unsigned seed) {
  std::mt19937 random(seed);
  auto best = pipelined_sdc_schedule(problem).value();
  for (int tries = 0; tries < 5; ++tries) {
    const int ii = best.ii + pick(random, 0, 3 + tries);
    if (auto schedule = random_schedule(problem, ii, most_delay, static_cast<unsigned>(random())))
      return std::move(*schedule);
  }
  return best;
}

/// A legal schedule of iterations that don't overlap, up to `most_delay` cycles longer than SDC's.
inline Schedule random_sequential_schedule(const SchedulingProblem& problem, int most_delay, unsigned seed) {
  std::mt19937 random(seed);
  auto best = sdc_schedule(problem, {}).value();
  for (int tries = 0; tries < 5; ++tries) {
    const int length = best.length + pick(random, 0, most_delay + tries);
    if (auto schedule = random_schedule(problem, length, most_delay, static_cast<unsigned>(random()), length))
      return std::move(*schedule);
  }
  return best;
}

}  // namespace sluice::test
