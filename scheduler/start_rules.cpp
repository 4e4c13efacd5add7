#include "scheduler/start_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice {

int StartRules::first_cycle(OperationId id, const std::vector<Slot>& slots) const {
  std::int64_t first = 0;
  for (const auto i : lists_.in[id.index()]) {
    const auto& dependence = problem_.dependences[i];
    const int from = slots[dependence.from.index()].cycle;
    if (from == kUnplaced || (ii_ == 0 && dependence.distance > 0)) continue;
    first = std::max(first, from + dependence.latency - std::int64_t{ii_} * dependence.distance);
  }
  return static_cast<int>(first);
}

Slot StartRules::earliest(OperationId id, const std::vector<Slot>& slots, int not_before) const {
  // A cycle later, what chained comes from a register. Two sources can be ready one cycle after the other.
  for (Slot slot{std::max(first_cycle(id, slots), not_before), 0};; ++slot.cycle) {
    slot.phase_ps = phase_at(id, slot.cycle, slots);
    if (slot.phase_ps + problem_.class_of(id).in_ps <= problem_.period_ps) return slot;
  }
}

bool StartRules::chains(const Dependence& dependence, int from_cycle, int to_cycle) const {
  const auto& unit = problem_.class_of(dependence.from);
  if (ii_ == 0) {
    // A later iteration starts when this one's results are all in registers.
    return dependence.distance == 0 && (unit.held || to_cycle == from_cycle + unit.latency);
  }
  const std::int64_t to = to_cycle + std::int64_t{ii_} * dependence.distance;
  return unit.held ? to < ii_ : to == from_cycle + unit.latency;
}

int StartRules::phase_at(OperationId id, int cycle, const std::vector<Slot>& slots) const {
  int phase = 0;
  for (const auto i : lists_.in[id.index()]) {
    const auto& dependence = problem_.dependences[i];
    if (!dependence.data) continue;
    const int from = dependence.from == id ? cycle : slots[dependence.from.index()].cycle;
    if (from == kUnplaced || !chains(dependence, from, cycle)) continue;
    phase = std::max(phase, arrival_ps(dependence.from, slots));
  }
  return phase;
}

int StartRules::arrival_ps(OperationId id, const std::vector<Slot>& slots) const {
  const auto& unit = problem_.class_of(id);
  return unit.latency > 0 ? unit.out_ps : slots[id.index()].phase_ps + unit.in_ps;
}

int cycles_needed(const SchedulingProblem& problem, const DependenceLists& lists, OperationId id) {
  const auto& out = lists.out[id.index()];
  const bool read = std::any_of(out.begin(), out.end(), [&](auto i) { return problem.dependences[i].data; });
  const int latency = problem.class_of(id).latency;
  return read ? latency + 1 : std::max(latency, 1);
}

int covering_length(const SchedulingProblem& problem, const DependenceLists& lists, const std::vector<Slot>& slots) {
  int length = 1;
  for (const auto id : id_range<OperationId>(slots.size())) {
    length = std::max(length, slots[id.index()].cycle + cycles_needed(problem, lists, id));
  }
  return length;
}

Diagnostics too_slow_for_period(const SchedulingProblem& problem) {
  std::vector<int> needed(problem.classes.size(), 0);
  for (const auto& operation : problem.operations) {
    const std::size_t c = operation.unit_class.index();
    needed[c] = std::max({needed[c], problem.classes[c].in_ps, problem.classes[c].out_ps});
  }
  for (const auto& dependence : problem.dependences) {
    const auto& from = problem.class_of(dependence.from);
    if (!dependence.data || dependence.distance > 0 || !from.held) continue;
    const std::size_t c = problem.operations[dependence.to.index()].unit_class.index();
    needed[c] = std::max(needed[c], from.in_ps + problem.classes[c].in_ps);
  }
  Diagnostics diagnostics;
  const int least = needed.empty() ? 0 : *std::max_element(needed.begin(), needed.end());
  for (std::size_t c = 0; c < needed.size(); ++c) {
    if (needed[c] <= problem.period_ps) continue;
    diagnostics.push_back({problem.name + ", class " + problem.classes[c].name,
                           fmt::format("needs {} ps in one cycle, the period is {} ps", needed[c], problem.period_ps),
                           fmt::format("the least period is {} ps", least)});
  }
  return diagnostics;
}

}  // namespace sluice
