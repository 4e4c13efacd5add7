#pragma once

#include <boost/graph/adjacency_list.hpp>
#include <cstddef>

namespace sluice {

struct BoostTopology {
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, boost::no_property,
                                      boost::property<boost::edge_index_t, std::size_t>>;
  Graph graph;
};

}  // namespace sluice
