#include "scheduler/interval_search.hpp"

#include <algorithm>

#include "scheduler/bounds.hpp"
#include "scheduler/minimum_interval.hpp"
#include "scheduler/start_rules.hpp"

namespace sluice {

Expected<Schedule> search_interval(const SchedulingProblem& problem, const std::function<Expected<Schedule>()>& apart,
                                   const std::function<std::optional<Schedule>(int ii)>& attempt) {
  if (!too_slow_for_period(problem).empty()) return apart();
  const int least = minimum_interval(problem).cycles();
  int ii = least;
  if (find_bounds(problem).length > least) {  // so does any schedule without overlap take longer
    if (auto schedule = attempt(least)) return std::move(*schedule);
    ++ii;
  }
  auto otherwise = apart();
  if (!otherwise) return otherwise;
  for (; ii < otherwise->ii; ii += std::max(1, (ii - least) / 8)) {
    if (auto schedule = attempt(ii)) return std::move(*schedule);
  }
  return otherwise;
}

}  // namespace sluice
