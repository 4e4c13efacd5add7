#pragma once

#include <vector>

#include "systemgen/choose/kernel_front.hpp"
#include "systemgen/schedule_kernel.hpp"

namespace sluice {

bool multiplies(const Kernel& kernel);

/// Limits an actor to one multiplier of each kind.
ActorOptions with_one_multiplier(ActorOptions actor);

/// Cycles that a running sum takes to come back to its adder; the most of all nests.
std::int64_t sums_in_flight(const Kernel& kernel, const ActorOptions& actor);

/// The kernel's best points, with one more before them where its nests would like to have several multipliers without
/// lanes already: the point that has one of each kind.
std::vector<KernelPoint> actor_front(const Kernel& kernel, const FrontOptions& options);

}  // namespace sluice
