#include "scheduler/minimum_interval.hpp"

#include <algorithm>

#include "core/graph/cycle_ratio.hpp"
#include "scheduler/dependence_graph.hpp"

namespace sluice {
namespace {

int resource_bound(const SchedulingProblem& problem) {
  std::vector<std::int64_t> cycles(problem.classes.size(), 0);
  std::int64_t bound = 1;
  for (const auto& operation : problem.operations) {
    const auto& unit = problem.classes[operation.unit_class.index()];
    cycles[operation.unit_class.index()] += unit.occupancy;
    bound = std::max<std::int64_t>(bound, unit.occupancy);
  }
  for (std::size_t c = 0; c < cycles.size(); ++c) {
    const int limit = problem.classes[c].limit;
    if (limit > 0) bound = std::max(bound, (cycles[c] + limit - 1) / limit);
  }
  return static_cast<int>(bound);
}

int recurrence_bound(const SchedulingProblem& problem) {
  std::vector<std::int64_t> latencies;
  std::vector<std::int64_t> distances;
  for (const auto& dependence : problem.dependences) {
    latencies.push_back(dependence.latency);
    distances.push_back(dependence.distance);
  }
  const auto ratio = rounded_cycle_ratio(dependence_topology(problem, false), latencies, distances);
  return static_cast<int>(std::max<std::int64_t>(ratio, 1));
}

}  // namespace

MinimumInterval minimum_interval(const SchedulingProblem& problem) {
  return {resource_bound(problem), recurrence_bound(problem)};
}

}  // namespace sluice
