#include "scheduler/dependence_graph.hpp"

#include "core/graph/order.hpp"

namespace sluice {

DependenceLists::DependenceLists(const SchedulingProblem& problem)
    : in(problem.operations.size()), out(problem.operations.size()) {
  for (std::uint32_t i = 0; i < problem.dependences.size(); ++i) {
    out[problem.dependences[i].from.index()].push_back(i);
    in[problem.dependences[i].to.index()].push_back(i);
  }
}

Topology dependence_topology(const SchedulingProblem& problem, bool immediate) {
  Topology topology;
  for (std::size_t i = 0; i < problem.operations.size(); ++i) topology.add_vertex();
  for (const auto& dependence : problem.dependences) {
    if (immediate && dependence.distance != 0) continue;
    topology.add_edge(dependence.from.index(), dependence.to.index());
  }
  return topology;
}

std::vector<OperationId> operations_in_order(const SchedulingProblem& problem) {
  std::vector<OperationId> result;
  if (const auto order = topological_order(dependence_topology(problem, true))) {
    for (const auto vertex : *order) result.emplace_back(vertex);
  }
  return result;
}

}  // namespace sluice
