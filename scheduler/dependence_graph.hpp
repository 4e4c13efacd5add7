#pragma once

#include <cstdint>
#include <vector>

#include "core/graph/topology.hpp"
#include "scheduler/problem.hpp"

namespace sluice {

/// A problem's dependences, by operation (indices into `SchedulingProblem::dependences`).
struct DependenceLists {
  explicit DependenceLists(const SchedulingProblem& problem);
  std::vector<std::vector<std::uint32_t>> in;
  std::vector<std::vector<std::uint32_t>> out;
};

/// Operations as vertices, dependences as edges in their order; without those to a later iteration if `immediate`.
Topology dependence_topology(const SchedulingProblem& problem, bool immediate);

/// Operations before their successors, dependences with distance left aside; empty if they run in a circle.
std::vector<OperationId> operations_in_order(const SchedulingProblem& problem);

}  // namespace sluice
