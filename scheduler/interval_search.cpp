#include "scheduler/interval_search.hpp"

#include <algorithm>

#include "scheduler/minimum_interval.hpp"

namespace sluice {

Schedule search_interval(const SchedulingProblem& problem, Schedule otherwise,
                         const std::function<std::optional<Schedule>(int ii)>& attempt) {
  const int least = minimum_interval(problem).cycles();
  for (int ii = least; ii < otherwise.ii; ii += std::max(1, (ii - least) / 8)) {
    if (auto schedule = attempt(ii)) return std::move(*schedule);
  }
  return otherwise;
}

}  // namespace sluice
