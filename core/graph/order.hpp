#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/graph/topology.hpp"

namespace sluice {

/// Vertices so that every edge goes forward; none if the graph has a cycle.
std::optional<std::vector<std::size_t>> topological_order(const Topology& topology);

/// The vertices of one cycle, in the direction of its edges; empty if there is none.
std::vector<std::size_t> find_cycle(const Topology& topology);

}  // namespace sluice
