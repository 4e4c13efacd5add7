#pragma once

#include <vector>

#include "binder/binding.hpp"
#include "core/diag/expected.hpp"
#include "core/target/target.hpp"
#include "scheduler/minimum_interval.hpp"
#include "scheduler/nest_problem.hpp"
#include "scheduler/schedulers.hpp"
#include "systemgen/kernel_lanes.hpp"

namespace sluice {

struct ActorOptions {
  const Target* target = nullptr;
  const SchedulerEntry* scheduler = nullptr;
  ResourceOptions resources;
  bool pipelined = false;  ///< iterations overlap, and units are as many as the intervals need
};

/// A kernel as it is built, with a schedule for each of its nests.
struct ScheduledKernel {
  Kernel kernel;
  std::vector<ScheduledNest> nests;
  KernelLanes lanes;
};

/// Level 2 to 4: a schedule for each nest of the kernel, verified. Pipelined, units without a limit are then counted:
/// no more than keep the intervals busy, so that what can share a unit does.
Expected<std::vector<ScheduledNest>> schedule_kernel(const Kernel& kernel, const ActorOptions& options);

/// Lower bounds on the interval of a nest, with only those limits on units that were asked for.
MinimumInterval bounds_of(const Kernel& kernel, const Nest& nest, const ActorOptions& options);

/// Cycles of one frame, from the start pulse to the done pulse: what the nests' iterations take at their intervals, and
/// their filling and draining.
std::int64_t cycles_of(const Kernel& kernel, const std::vector<ScheduledNest>& nests);

/// Cycles from one frame to the next of an actor in a dataflow system that never waits for a neighbour: firings follow
/// each other at once, unless one has to come to its end first.
std::int64_t interval_of(const Kernel& kernel, const std::vector<ScheduledNest>& nests);

/// The same where firings are merged into one a frame if that is shorter, as `merge_firings` does with actors that hold
/// others up.
std::int64_t merged_interval_of(const Kernel& kernel, const std::vector<ScheduledNest>& nests);

}  // namespace sluice
