#pragma once

#include <vector>

#include "scheduler/problem.hpp"

namespace sluice {

/// Which units are taken when, by class; modulo ii, or without end where `ii` is 0.
class ReservationTable {
 public:
  ReservationTable(const SchedulingProblem& problem, int ii)
      : problem_(problem), ii_(ii), use_(problem.classes.size()) {}

  /// Whether a unit of the class is free for an operation that starts in `cycle`.
  [[nodiscard]] bool has_room(ClassId id, int cycle);
  /// Takes it.
  void take(ClassId id, int cycle);
  /// Gives back what was taken in that cycle.
  void release(ClassId id, int cycle);

 private:
  int& use_at(ClassId id, int cycle);

  const SchedulingProblem& problem_;
  int ii_;
  std::vector<std::vector<int>> use_;  // for each class and cycle
};

}  // namespace sluice
