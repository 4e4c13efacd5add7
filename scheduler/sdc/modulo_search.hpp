#pragma once

#include <optional>
#include <vector>

#include "core/diag/expected.hpp"
#include "scheduler/dependence_graph.hpp"
#include "scheduler/schedule.hpp"

namespace sluice {

struct ModuloSearchOptions {
  /// Longest iteration that will do. Unset: any will, and iterations overlap.
  std::optional<int> length;
  int restarts = 12;              ///< of either kind, each with what found no place put before all others
  int exhaustive_most = 16;       ///< operations that can block one another up to which all their places are tried
  int exhaustive_steps = 20'000;  ///< placings after which that is given up
};

/// A legal schedule at the interval `ii`, or which operation found no place.
///
/// Operations are placed in the order of their earliest cycles, ties by urgency, each in the first cycle from there on
/// in which a unit is free. If one finds none in any cycle modulo ii, or none in time, it is put before all others,
/// with the circles of dependences that it is on, and the search begins anew. If that doesn't help, the same with all
/// operations first that can block one another: those on circles and those that take a unit for more than a cycle; all,
/// if the length is limited. In the end all places of these are tried, if they are few.
///
/// `soonest` is the solution of the problem's SdcSystem at ii.
Expected<Schedule> modulo_search(const SchedulingProblem& problem, const DependenceLists& lists, int ii,
                                 const std::vector<std::int64_t>& soonest, const ModuloSearchOptions& options);

}  // namespace sluice
