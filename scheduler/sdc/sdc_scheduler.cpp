#include "scheduler/sdc/sdc_scheduler.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scheduler/interval.hpp"
#include "scheduler/interval_search.hpp"
#include "scheduler/list_scheduler.hpp"
#include "scheduler/phases.hpp"
#include "scheduler/sdc/modulo_search.hpp"
#include "scheduler/sdc/sdc_system.hpp"
#include "scheduler/sdc/unit_order.hpp"
#include "scheduler/start_rules.hpp"

namespace sluice {
namespace {

using Starts = SdcSystem::Starts;

int length_of(const SchedulingProblem& problem, const DependenceLists& lists, const Starts& starts) {
  std::int64_t length = 1;
  for (const auto id : id_range<OperationId>(starts.size())) {
    length = std::max(length, starts[id.index()] + cycles_needed(problem, lists, id));
  }
  return static_cast<int>(length);
}

/// The system of an interval and an order on units, and its soonest solution.
struct Solved {
  SdcSystem system;
  Starts soonest;
  int length;
};

/// None if there is no solution, or none of at most that length.
std::optional<Solved> solve(const SchedulingProblem& problem, const DependenceLists& lists, const Schedule& order,
                            int ii, int most_length) {
  SdcSystem system(problem, lists, ii, unit_order(problem, order, ii));
  Starts soonest = system.soonest();
  if (!system.feasible()) return std::nullopt;
  const int length = length_of(problem, lists, soonest);
  if (length > most_length) return std::nullopt;
  return Solved{std::move(system), std::move(soonest), length};
}

Schedule to_schedule(const SchedulingProblem& problem, const Starts& starts, int ii, int length) {
  Schedule schedule{ii, length, {}};
  for (const auto start : starts) schedule.slots.push_back({static_cast<int>(start), 0});
  set_phases(problem, schedule);
  return schedule;
}

Schedule with_fewest_register_bits(const SchedulingProblem& problem, Solved& solved, int ii, int length) {
  return to_schedule(problem, solved.system.fewest_register_bits(length, solved.soonest), ii, length);
}

/// One iteration after the other, in the least interval for the order on units of `order`, which is such a schedule. A
/// larger interval never forbids what a smaller one allows.
Schedule tighten(const SchedulingProblem& problem, const DependenceLists& lists, const Schedule& order) {
  auto best = solve(problem, lists, order, order.ii, order.ii);
  int most = order.ii;
  int least = best->length;
  for (const auto& operation : problem.operations) {
    least = std::max(least, problem.classes[operation.unit_class.index()].occupancy);
  }
  // Only dependences on earlier iterations can make the bound too low.
  for (int ii = least; least < most; ii = least + (most - least) / 2) {
    if (auto solved = solve(problem, lists, order, ii, ii)) {
      best.emplace(std::move(*solved));
      most = ii;
    } else {
      least = ii + 1;
    }
  }
  return to_schedule(problem, best->soonest, most, most);
}

/// A schedule of at most `length` cycles without overlap, if the search finds one.
std::optional<Schedule> search_length(const SchedulingProblem& problem, const DependenceLists& lists, int length) {
  if (!check_interval(problem, length).empty()) return std::nullopt;
  SdcSystem system(problem, lists, length);
  const Starts soonest = system.soonest();
  if (!system.feasible() || length_of(problem, lists, soonest) > length) return std::nullopt;
  auto found = modulo_search(problem, lists, length, soonest, {.length = length});
  if (!found) return std::nullopt;
  return std::move(found).value();
}

Schedule without_overlap(const SchedulingProblem& problem, const DependenceLists& lists, const Schedule& listed) {
  Schedule best = tighten(problem, lists, listed);
  while (const auto shorter = search_length(problem, lists, best.length - 1)) best = tighten(problem, lists, *shorter);
  auto solved = solve(problem, lists, best, best.ii, best.length);
  return with_fewest_register_bits(problem, *solved, best.ii, best.length);
}

Expected<Schedule> overlapping(const SchedulingProblem& problem, const DependenceLists& lists, int ii) {
  SdcSystem system(problem, lists, ii);
  const Starts soonest = system.soonest();
  if (!system.feasible()) return system.circle();
  auto found = modulo_search(problem, lists, ii, soonest, {});
  if (!found) return found;
  auto solved = solve(problem, lists, *found, ii, found->length);
  // None where a held result is read so late that it no longer counts as held.
  if (!solved) return found;
  return with_fewest_register_bits(problem, *solved, ii, solved->length);
}

}  // namespace

Expected<Schedule> sdc_schedule(const SchedulingProblem& problem, const SdcOptions& options) {
  const DependenceLists lists(problem);
  if (!options.ii) {
    const auto listed = list_schedule(problem, {});
    return listed ? without_overlap(problem, lists, *listed) : listed;
  }
  auto obstacles = too_slow_for_period(problem);
  if (*options.ii < 1) obstacles.push_back({problem.name, fmt::format("ii {} is below 1", *options.ii), ""});
  if (obstacles.empty()) obstacles = check_interval(problem, *options.ii);
  if (!obstacles.empty()) return obstacles;
  return overlapping(problem, lists, *options.ii);
}

Expected<Schedule> pipelined_sdc_schedule(const SchedulingProblem& problem) {
  const auto apart = [&] { return sdc_schedule(problem, {}); };
  return search_interval(problem, apart, [&](int ii) -> std::optional<Schedule> {
    auto schedule = sdc_schedule(problem, {.ii = ii});
    if (!schedule) return std::nullopt;
    return std::move(schedule).value();
  });
}

}  // namespace sluice
