#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "systemgen/schedule_kernel.hpp"

namespace sluice {

/// Regroups sums, products and the like of every nest into trees whose result is there sooner, by the delays of the
/// units that the target has; see `rebalance`. Returns how many trees are new. `running_steps`: those that a running
/// result of each nest may go through; empty: one.
std::size_t rebalance_nests(Kernel& kernel, const ActorOptions& actor, bool reassociate,
                            std::span<const std::int64_t> running_steps = {});

}  // namespace sluice
