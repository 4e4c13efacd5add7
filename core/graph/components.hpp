#pragma once

#include <cstddef>
#include <vector>

#include "core/graph/topology.hpp"

namespace sluice {

/// The number of each vertex's strongly connected component; along an edge between two components it falls.
std::vector<std::size_t> strong_components(const Topology& topology);

}  // namespace sluice
