#include "scheduler/interval.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/arith/floor_div.hpp"
#include "core/graph/positive_cycle.hpp"
#include "scheduler/dependence_graph.hpp"
#include "scheduler/reservation.hpp"

namespace sluice {
namespace {

void check_units(const SchedulingProblem& problem, int ii, Diagnostics& diagnostics) {
  std::vector<std::int64_t> cycles(problem.classes.size(), 0);
  for (const auto& operation : problem.operations) {
    cycles[operation.unit_class.index()] += problem.classes[operation.unit_class.index()].occupancy;
  }
  for (std::size_t c = 0; c < cycles.size(); ++c) {
    const auto& unit = problem.classes[c];
    if (cycles[c] > 0 && unit.occupancy > ii) {
      diagnostics.push_back({problem.name + ", class " + unit.name,
                             fmt::format("an operation takes a unit for {} cycles, ii is {}", unit.occupancy, ii),
                             fmt::format("the least ii is {}", unit.occupancy)});
    }
    if (unit.limit == 0 || cycles[c] <= std::int64_t{unit.limit} * ii) continue;
    diagnostics.push_back({problem.name + ", class " + unit.name,
                           fmt::format("its operations take {} cycles, limit {} * ii {} gives {}", cycles[c],
                                       unit.limit, ii, std::int64_t{unit.limit} * ii),
                           fmt::format("the least ii is {}", (cycles[c] + unit.limit - 1) / unit.limit)});
  }
}

void check_recurrences(const SchedulingProblem& problem, int ii, Diagnostics& diagnostics) {
  std::vector<std::int64_t> excess;
  for (const auto& dependence : problem.dependences) {
    excess.push_back(dependence.latency - std::int64_t{ii} * dependence.distance);
  }
  std::vector<std::string> names;
  for (const auto vertex : find_positive_cycle(dependence_topology(problem, false), excess))
    names.push_back(problem.operations[vertex].name);
  if (names.empty()) return;
  names.push_back(names.front());
  diagnostics.push_back({problem.name,
                         fmt::format("dependences run in a circle of more latency than ii {} * distance: {}", ii,
                                     fmt::join(names, " -> ")),
                         "a larger ii or a larger distance"});
}

/// An operation that takes its own result of an earlier iteration in the very cycle in which it is there.
void check_self_chains(const SchedulingProblem& problem, int ii, Diagnostics& diagnostics) {
  for (const auto& dependence : problem.dependences) {
    const auto& unit = problem.class_of(dependence.from);
    const bool chains = dependence.from == dependence.to && dependence.data && !unit.held &&
                        unit.latency == std::int64_t{ii} * dependence.distance;
    if (!chains || unit.out_ps + unit.in_ps <= problem.period_ps) continue;
    diagnostics.push_back({operation_name(problem, dependence.from),
                           fmt::format("at ii {} its result chains into itself: {} ps + {} ps > period {} ps", ii,
                                       unit.out_ps, unit.in_ps, problem.period_ps),
                           "a larger ii or a larger distance"});
  }
}

bool fits_in_units(const SchedulingProblem& problem, const std::vector<Slot>& slots, int ii) {
  ReservationTable table(problem, ii);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const ClassId unit = problem.operations[i].unit_class;
    if (!table.has_room(unit, slots[i].cycle)) return false;
    table.take(unit, slots[i].cycle);
  }
  return true;
}

}  // namespace

Diagnostics check_interval(const SchedulingProblem& problem, int ii) {
  Diagnostics diagnostics;
  check_units(problem, ii, diagnostics);
  check_recurrences(problem, ii, diagnostics);
  check_self_chains(problem, ii, diagnostics);
  return diagnostics;
}

int interval_for(const SchedulingProblem& problem, const std::vector<Slot>& slots, int least) {
  std::int64_t ii = least;
  for (const auto& operation : problem.operations) {
    ii = std::max<std::int64_t>(ii, problem.classes[operation.unit_class.index()].occupancy);
  }
  for (const auto& dependence : problem.dependences) {
    if (dependence.distance == 0) continue;
    const int span = slots[dependence.from.index()].cycle + dependence.latency - slots[dependence.to.index()].cycle;
    ii = std::max(ii, ceil_div(span, dependence.distance));
  }
  // Only a unit's last operation of an iteration can reach into the next: a few cycles more at most.
  while (!fits_in_units(problem, slots, static_cast<int>(ii))) ++ii;
  return static_cast<int>(ii);
}

}  // namespace sluice
