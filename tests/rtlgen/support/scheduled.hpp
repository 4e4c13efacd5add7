#pragma once

#include "binder/binding.hpp"
#include "scheduler/nest_problem.hpp"

namespace sluice::test {

/// Every nest of a kernel, scheduled by the list scheduler. With `overlap`, iterations start as early as the schedule's
/// slots allow (the least ii at which they are still legal) instead of one after the other.
std::vector<ScheduledNest> schedule_kernel(const Kernel& kernel, const Target& target, const ResourceOptions& options,
                                           bool overlap);

/// Every nest of a kernel with a random legal schedule, iterations overlapping or not.
std::vector<ScheduledNest> schedule_randomly(const Kernel& kernel, const Target& target, const ResourceOptions& options,
                                             bool pipelined, unsigned seed);

}  // namespace sluice::test
