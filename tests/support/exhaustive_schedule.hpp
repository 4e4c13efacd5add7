#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "scheduler/schedule.hpp"

namespace sluice::test {

/// Decides for tiny problems whether there is a schedule, from the specification of scheduling alone.
///
/// Only operations of limited classes have a choice to make, and only that of their cycle modulo the interval: for
/// given choices there is a schedule exactly if letting each operation start as soon as the others' current starts
/// allow, again and again, comes to rest. Choices that contradict one another or a limit are cut off early.
class ExhaustiveSearch {
 public:
  explicit ExhaustiveSearch(const SchedulingProblem& problem) : problem_(problem) {}

  /// Whether a schedule of the interval `ii` exists; with `length`, one in which an iteration is within it.
  bool exists(int ii, std::optional<int> length) {
    ii_ = ii;
    length_ = length;
    residue_.assign(problem_.operations.size(), -1);
    use_.assign(problem_.classes.size(), std::vector<int>(static_cast<std::size_t>(ii), 0));
    users_.clear();
    std::vector<int> cycles(problem_.classes.size(), 0);
    for (const auto id : id_range<OperationId>(problem_.operations.size())) {
      const auto& unit = problem_.class_of(id);
      if (unit.occupancy > ii) return false;
      if (unit.limit == 0) continue;
      users_.push_back(id);
      int& sum = cycles[problem_.operations[id.index()].unit_class.index()];
      if ((sum += unit.occupancy) > unit.limit * ii) return false;
    }
    return comes_to_rest() && choose(0);
  }

 private:
  bool choose(std::size_t depth) {
    if (depth == users_.size()) return true;
    const OperationId id = users_[depth];
    // A schedule that may overlap can be moved as a whole: the first choice is free.
    const int choices = depth == 0 && !length_ ? 1 : ii_;
    for (int residue = 0; residue < choices; ++residue) {
      residue_[id.index()] = residue;
      use(id, residue, 1);
      if (within_limit(id) && comes_to_rest() && choose(depth + 1)) return true;
      use(id, residue, -1);
    }
    residue_[id.index()] = -1;
    return false;
  }

  std::vector<int>& uses_of(OperationId id) { return use_[problem_.operations[id.index()].unit_class.index()]; }

  void use(OperationId id, int residue, int more) {
    for (int i = 0; i < problem_.class_of(id).occupancy; ++i) {
      uses_of(id)[static_cast<std::size_t>((residue + i) % ii_)] += more;
    }
  }

  bool within_limit(OperationId id) {
    return *std::max_element(uses_of(id).begin(), uses_of(id).end()) <= problem_.class_of(id).limit;
  }

  bool comes_to_rest() {
    const std::size_t count = problem_.operations.size();
    cycle_.assign(count, 0);
    phase_.assign(count, 0);
    int end = length_.value_or(0);
    if (!length_) {
      for (const auto& dependence : problem_.dependences) end += dependence.latency + 1;
      end += static_cast<int>(count + 1) * 2 * ii_;
    }
    for (bool moved = true; moved;) {
      moved = false;
      for (const auto id : id_range<OperationId>(count)) {
        const Slot before{cycle_[id.index()], phase_[id.index()]};
        if (!settle(id, end)) return false;
        moved = moved || before != Slot{cycle_[id.index()], phase_[id.index()]};
      }
    }
    return true;
  }

  /// Moves an operation to the first cycle that its predecessors, the period and its choice allow.
  bool settle(OperationId id, int end) {
    const auto& unit = problem_.class_of(id);
    int& cycle = cycle_[id.index()];
    int& phase = phase_[id.index()];
    bool read = false;
    for (const auto& dependence : problem_.dependences) {
      read = read || (dependence.from == id && dependence.data);
      if (dependence.to != id) continue;
      const int least = cycle_[dependence.from.index()] + dependence.latency - ii_ * dependence.distance;
      if (dependence.from == id && least > cycle) return false;
      cycle = std::max(cycle, least);
    }
    const int needed = read ? unit.latency + 1 : std::max(unit.latency, 1);
    for (; cycle + needed <= end; ++cycle) {
      if (residue_[id.index()] >= 0 && cycle % ii_ != residue_[id.index()]) continue;
      phase = phase_in(id, cycle);
      if (phase + unit.in_ps <= problem_.period_ps) return true;
    }
    return false;
  }

  int phase_in(OperationId id, int cycle) const {
    int phase = 0;
    for (const auto& dependence : problem_.dependences) {
      if (dependence.to != id || !dependence.data) continue;
      const auto& unit = problem_.class_of(dependence.from);
      const int from = dependence.from == id ? cycle : cycle_[dependence.from.index()];
      const int to = cycle + ii_ * dependence.distance;
      if (unit.held ? to >= ii_ : to != from + unit.latency) continue;
      phase = std::max(phase, unit.latency > 0 ? unit.out_ps : phase_[dependence.from.index()] + unit.in_ps);
    }
    return phase;
  }

  const SchedulingProblem& problem_;
  int ii_ = 1;
  std::optional<int> length_;
  std::vector<OperationId> users_;
  std::vector<std::vector<int>> use_;  // for each class and cycle modulo ii
  std::vector<int> residue_;           // chosen cycle modulo ii; -1: any
  std::vector<int> cycle_;
  std::vector<int> phase_;
};

/// The least length of iterations that don't overlap. Of problems that are not too slow for their period.
inline int least_length(const SchedulingProblem& problem) {
  ExhaustiveSearch search(problem);
  int length = 1;
  while (!search.exists(length, length)) ++length;
  return length;
}

/// The least interval of iterations that may overlap.
inline int least_interval(const SchedulingProblem& problem) {
  ExhaustiveSearch search(problem);
  int ii = 1;
  while (!search.exists(ii, std::nullopt)) ++ii;
  return ii;
}

}  // namespace sluice::test
