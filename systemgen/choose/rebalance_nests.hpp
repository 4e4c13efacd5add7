#pragma once

#include <cstddef>

#include "systemgen/schedule_kernel.hpp"

namespace sluice {

/// Regroups sums, products and the like of every nest into trees whose result is there sooner, by the delays of the
/// units that the target has; see `rebalance`. Returns how many trees are new.
std::size_t rebalance_nests(Kernel& kernel, const ActorOptions& actor, bool reassociate);

}  // namespace sluice
