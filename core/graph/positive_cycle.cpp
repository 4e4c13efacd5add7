#include "core/graph/positive_cycle.hpp"

#include <algorithm>
#include <boost/graph/bellman_ford_shortest_paths.hpp>
#include <numeric>

#include "core/graph/boost_topology.hpp"

namespace sluice {

std::vector<std::size_t> find_positive_cycle(const Topology& topology, const std::vector<std::int64_t>& weights) {
  const auto& graph = topology.boost().graph;
  const std::size_t count = topology.vertex_count();
  std::vector<std::int64_t> lengths(weights.size());
  std::transform(weights.begin(), weights.end(), lengths.begin(), [](auto weight) { return -weight; });
  // Distance 0 everywhere stands for a source with an edge to each vertex.
  std::vector<std::int64_t> distance(count, 0);
  std::vector<std::size_t> predecessor(count);
  std::iota(predecessor.begin(), predecessor.end(), std::size_t{0});
  const auto vertex_index = boost::get(boost::vertex_index, graph);
  const auto edge_index = boost::get(boost::edge_index, graph);
  const bool converged = boost::bellman_ford_shortest_paths(
      graph, static_cast<int>(count),
      boost::weight_map(boost::make_iterator_property_map(lengths.begin(), edge_index))
          .distance_map(boost::make_iterator_property_map(distance.begin(), vertex_index))
          .predecessor_map(boost::make_iterator_property_map(predecessor.begin(), vertex_index)));
  if (converged) return {};

  // An edge that could still be relaxed hangs on a cycle of predecessors: `count` steps back are surely on it.
  std::size_t open = 0;
  while (distance[topology.source(open)] + lengths[open] >= distance[topology.target(open)]) ++open;
  std::size_t vertex = topology.source(open);
  for (std::size_t i = 0; i < count; ++i) vertex = predecessor[vertex];
  std::vector<std::size_t> cycle{vertex};
  for (std::size_t v = predecessor[vertex]; v != vertex; v = predecessor[v]) cycle.push_back(v);
  std::reverse(cycle.begin(), cycle.end());
  return cycle;
}

}  // namespace sluice
