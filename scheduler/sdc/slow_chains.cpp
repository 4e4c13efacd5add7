#include "scheduler/sdc/slow_chains.hpp"

#include <algorithm>

namespace sluice {

/// Of each operation when its operands are there, in ps, and the dependence that brings the last of them.
struct SlowChains::Arrivals {
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  std::vector<std::int64_t> phase;
  std::vector<std::uint32_t> last;
};

SlowChains::SlowChains(const SchedulingProblem& problem, const DependenceLists& lists)
    : problem_(problem),
      lists_(lists),
      order_(operations_in_order(problem)),
      held_ps_(problem.operations.size(), 0),
      carries_(problem.operations.size(), false) {
  for (const auto& dependence : problem.dependences) {
    if (dependence.data && dependence.distance > 0) carries_[dependence.from.index()] = true;
    const auto& unit = problem.class_of(dependence.from);
    if (!dependence.data || dependence.distance > 0 || !unit.held) continue;
    held_ps_[dependence.to.index()] = std::max(held_ps_[dependence.to.index()], unit.in_ps);
  }
}

bool SlowChains::chains(const Dependence& dependence, const std::vector<std::int64_t>& starts, int ii) const {
  return dependence.data && !problem_.class_of(dependence.from).held &&
         starts[dependence.to.index()] + std::int64_t{ii} * dependence.distance ==
             starts[dependence.from.index()] + dependence.latency;
}

SlowChains::Arrivals SlowChains::arrivals(const std::vector<std::int64_t>& starts, int ii) const {
  Arrivals result{std::vector<std::int64_t>(held_ps_.begin(), held_ps_.end()),
                  std::vector<std::uint32_t>(held_ps_.size(), Arrivals::kNone)};
  // Chains within an iteration follow the order; where one can go on in a later iteration, another pass is needed.
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto id : order_) {
      for (const auto i : lists_.in[id.index()]) {
        const auto& dependence = problem_.dependences[i];
        if (!chains(dependence, starts, ii)) continue;
        const auto& unit = problem_.class_of(dependence.from);
        const auto arrival = unit.latency > 0 ? unit.out_ps : result.phase[dependence.from.index()] + unit.in_ps;
        if (arrival <= result.phase[id.index()]) continue;
        result.phase[id.index()] = arrival;
        result.last[id.index()] = i;
        changed = changed || carries_[id.index()];
      }
    }
  }
  return result;
}

StartConstraint SlowChains::shortest_piece(OperationId end, const Arrivals& arrivals, int ii) const {
  StartConstraint piece{end, end, 1};
  std::int64_t delay = problem_.class_of(end).in_ps;
  do {
    const auto& dependence = problem_.dependences[arrivals.last[piece.from.index()]];
    piece.from = dependence.from;
    piece.least += dependence.latency - std::int64_t{ii} * dependence.distance;
    const auto& unit = problem_.class_of(piece.from);
    delay += unit.latency > 0 ? unit.out_ps : unit.in_ps;
  } while (delay + (problem_.class_of(piece.from).latency > 0 ? 0 : held_ps_[piece.from.index()]) <=
           problem_.period_ps);
  return piece;
}

std::vector<StartConstraint> SlowChains::find(const std::vector<std::int64_t>& starts, int ii) const {
  const Arrivals when = arrivals(starts, ii);
  std::vector<StartConstraint> found;
  for (const auto id : order_) {
    if (when.phase[id.index()] + problem_.class_of(id).in_ps <= problem_.period_ps) continue;
    found.push_back(shortest_piece(id, when, ii));
  }
  return found;
}

}  // namespace sluice
