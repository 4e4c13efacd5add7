#pragma once

#include <optional>
#include <vector>

#include "binder/binding.hpp"
#include "scheduler/nest_problem.hpp"

namespace sluice::test {

/// A random kernel of one to three nests with long and short lives of values, delays of several iterations, guards used
/// early and late, and operations of few kinds that can share units.
Kernel random_bodies(unsigned seed);

/// Its nests with schedules that don't overlap iterations.
std::vector<ScheduledNest> list_scheduled(const Kernel& kernel, const Target& target, const ResourceOptions& options);

/// Its nests with random pipelined schedules of small intervals; none if the dice found none for some nest.
std::optional<std::vector<ScheduledNest>> pipelined(const Kernel& kernel, const Target& target,
                                                    const ResourceOptions& options, unsigned seed);

}  // namespace sluice::test
