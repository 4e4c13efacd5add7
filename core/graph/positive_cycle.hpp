#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/graph/topology.hpp"

namespace sluice {

/// The vertices of one cycle whose edges' weights have a sum above 0, in the direction of its edges; empty if there is
/// none. `weights[i]` belongs to the edge of index i.
std::vector<std::size_t> find_positive_cycle(const Topology& topology, const std::vector<std::int64_t>& weights);

}  // namespace sluice
