#pragma once

#include <cstdint>
#include <vector>

#include "core/graph/topology.hpp"

namespace sluice {

/// The least whole number r of at least 0 such that no cycle's weights have a sum above r times the sum of its
/// distances: the maximum cycle ratio, rounded up. Howard's policy iteration (Cochet-Terrasson et al. 1998) gives a
/// guess, Bellman-Ford the exact answer. Each cycle must have a distance above 0. `weights[i]` and `distances[i]`
/// belong to the edge of index i.
std::int64_t rounded_cycle_ratio(const Topology& topology, const std::vector<std::int64_t>& weights,
                                 const std::vector<std::int64_t>& distances);

}  // namespace sluice
