#include "scheduler/bounds.hpp"

#include <algorithm>
#include <numeric>
#include <ranges>

#include "scheduler/start_rules.hpp"

namespace sluice {
namespace {

bool earlier(const Slot& a, const Slot& b) { return a.cycle != b.cycle ? a.cycle < b.cycle : a.phase_ps < b.phase_ps; }

/// Latest starts, from the sinks backwards.
class LatestStarts {
 public:
  LatestStarts(const SchedulingProblem& problem, const DependenceLists& lists, int length)
      : problem_(problem), lists_(lists), length_(length), alap_(problem.operations.size()) {}

  void place(OperationId id) {
    const auto& unit = problem_.class_of(id);
    bool read = false;
    Slot latest{length_ - std::max(unit.latency, 1), last_phase(id)};
    for (const auto i : lists_.out[id.index()]) {
      const auto& dependence = problem_.dependences[i];
      read = read || dependence.data;
      if (dependence.distance > 0) continue;
      const Slot before = dependence.data ? chained(id, dependence) : ordered(id, dependence);
      if (earlier(before, latest)) latest = before;
    }
    if (read) latest.cycle = std::min(latest.cycle, length_ - 1 - unit.latency);
    alap_[id.index()] = latest;
  }

  std::vector<Slot> take() { return std::move(alap_); }

 private:
  /// The latest phase that the operation itself allows.
  [[nodiscard]] int last_phase(OperationId id) const { return problem_.period_ps - problem_.class_of(id).in_ps; }

  /// What comes straight from the counters is there from then on in whatever cycle.
  [[nodiscard]] int first_phase(OperationId id) const {
    int phase = 0;
    for (const auto i : lists_.in[id.index()]) {
      const auto& dependence = problem_.dependences[i];
      const auto& unit = problem_.class_of(dependence.from);
      if (dependence.data && dependence.distance == 0 && unit.held) phase = std::max(phase, unit.in_ps);
    }
    return phase;
  }

  [[nodiscard]] Slot ordered(OperationId id, const Dependence& dependence) const {
    return {alap_[dependence.to.index()].cycle - dependence.latency, last_phase(id)};
  }

  /// In the cycle of the reader's start if the delays allow, else a cycle earlier, through a register.
  [[nodiscard]] Slot chained(OperationId id, const Dependence& dependence) const {
    const Slot& reader = alap_[dependence.to.index()];
    const auto& unit = problem_.class_of(id);
    if (unit.held) return {reader.cycle, last_phase(id)};
    const int cycle = reader.cycle - unit.latency;
    if (unit.latency > 0) return {unit.out_ps <= reader.phase_ps ? cycle : cycle - 1, last_phase(id)};
    const int phase = reader.phase_ps - unit.in_ps;
    return phase >= first_phase(id) ? Slot{cycle, phase} : Slot{cycle - 1, last_phase(id)};
  }

  const SchedulingProblem& problem_;
  const DependenceLists& lists_;
  int length_;
  std::vector<Slot> alap_;
};

}  // namespace

Bounds find_bounds(const SchedulingProblem& problem) {
  const DependenceLists lists(problem);
  const StartRules rules(problem, lists, 0);
  const auto order = operations_in_order(problem);
  Bounds bounds;
  bounds.asap.resize(problem.operations.size());
  for (const auto id : order) bounds.asap[id.index()] = rules.earliest(id, bounds.asap);
  bounds.length = covering_length(problem, lists, bounds.asap);
  LatestStarts latest(problem, lists, bounds.length);
  for (const auto id : order | std::views::reverse) latest.place(id);
  bounds.alap = latest.take();
  return bounds;
}

std::vector<std::uint32_t> urgency_ranks(const Bounds& bounds) {
  std::vector<std::uint32_t> order(bounds.alap.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return earlier(bounds.alap[a], bounds.alap[b]); });
  std::vector<std::uint32_t> rank(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  return rank;
}

}  // namespace sluice
