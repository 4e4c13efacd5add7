#pragma once

#include "scheduler/problem.hpp"

namespace sluice {

/// Lower bounds on the interval, in cycles (Rau 1994). Chaining can make a larger one necessary.
struct MinimumInterval {
  int resource = 1;    ///< ResMII: what the units of the busiest class need, or one of them for one operation
  int recurrence = 1;  ///< RecMII: latency through distance of the worst cycle of dependences

  [[nodiscard]] int cycles() const { return resource > recurrence ? resource : recurrence; }
};

/// Of a problem that `verify` accepts.
MinimumInterval minimum_interval(const SchedulingProblem& problem);

}  // namespace sluice
