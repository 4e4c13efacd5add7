#include "scheduler/register_bits.hpp"

#include <algorithm>

namespace sluice {

std::int64_t register_bit_cycles(const SchedulingProblem& problem, const Schedule& schedule) {
  std::vector<std::int64_t> last_use(problem.operations.size(), -1);
  for (const auto& dependence : problem.dependences) {
    if (!dependence.data) continue;
    const std::int64_t use = schedule.slot(dependence.to).cycle + std::int64_t{schedule.ii} * dependence.distance;
    last_use[dependence.from.index()] = std::max(last_use[dependence.from.index()], use);
  }
  std::int64_t sum = 0;
  for (const auto id : id_range<OperationId>(last_use.size())) {
    const auto& unit = problem.class_of(id);
    const int ready = unit.held ? schedule.ii - 1 : schedule.slot(id).cycle + unit.latency;
    sum += std::max<std::int64_t>(0, last_use[id.index()] - ready) * problem.operations[id.index()].width;
  }
  return sum;
}

}  // namespace sluice
