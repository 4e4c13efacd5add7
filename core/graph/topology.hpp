#pragma once

#include <boost/graph/adjacency_list.hpp>
#include <cstddef>

namespace sluice {

/// The structure of every graph in Sluice, without payloads: what the algorithms in core/graph see.
/// Vertices are 0 .. n-1; in-edges and out-edges keep the order in which they were added.
using Topology = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, boost::no_property,
                                       boost::property<boost::edge_index_t, std::size_t>>;

}  // namespace sluice
