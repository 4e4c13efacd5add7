#include "scheduler/sdc/unit_order.hpp"

#include <algorithm>

namespace sluice {

std::vector<StartConstraint> unit_order(const SchedulingProblem& problem, const Schedule& schedule, int ii) {
  std::vector<std::vector<OperationId>> users(problem.classes.size());
  for (const auto id : id_range<OperationId>(problem.operations.size())) {
    users[problem.operations[id.index()].unit_class.index()].push_back(id);
  }
  const auto round = [&](OperationId id) { return std::int64_t{schedule.slot(id).cycle / schedule.ii}; };
  std::vector<StartConstraint> order;
  for (std::size_t c = 0; c < users.size(); ++c) {
    const auto& unit = problem.classes[c];
    auto& ids = users[c];
    const auto limit = static_cast<std::size_t>(unit.limit);
    if (limit == 0 || ids.size() <= limit) continue;
    std::stable_sort(ids.begin(), ids.end(), [&](OperationId a, OperationId b) {
      return schedule.slot(a).cycle % schedule.ii < schedule.slot(b).cycle % schedule.ii;
    });
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const std::size_t next = i + limit;
      const OperationId to = ids[next % ids.size()];
      const std::int64_t rounds = round(to) - round(ids[i]) - static_cast<std::int64_t>(next / ids.size());
      order.push_back({ids[i], to, unit.occupancy + ii * rounds});
    }
  }
  return order;
}

}  // namespace sluice
