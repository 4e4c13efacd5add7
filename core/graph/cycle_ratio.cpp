#include "core/graph/cycle_ratio.hpp"

#include "core/graph/boost_topology.hpp"
// This header takes a graph type as declared before it.
#include <algorithm>
#include <boost/graph/howard_cycle_ratio.hpp>
#include <cmath>

#include "core/graph/components.hpp"
#include "core/graph/positive_cycle.hpp"

namespace sluice {
namespace {

/// What lies on cycles: the edges inside components, with their numbers.
struct Cyclic {
  explicit Cyclic(const Topology& whole, const std::vector<std::int64_t>& all_weights,
                  const std::vector<std::int64_t>& all_distances)
      : topology(whole.vertex_count()) {
    const auto component = strong_components(whole);
    for (std::size_t i = 0; i < whole.edge_count(); ++i) {
      if (component[whole.source(i)] != component[whole.target(i)]) continue;
      topology.add_edge(whole.source(i), whole.target(i));
      weights.push_back(all_weights[i]);
      distances.push_back(all_distances[i]);
    }
  }

  [[nodiscard]] bool holds(std::int64_t ratio) const {
    std::vector<std::int64_t> excess(weights.size());
    for (std::size_t i = 0; i < excess.size(); ++i) excess[i] = weights[i] - ratio * distances[i];
    return find_positive_cycle(topology, excess).empty();
  }

  /// Near the ratio, by less than 1.
  [[nodiscard]] double guess() const {
    const auto& graph = topology.boost().graph;
    const auto edge_index = boost::get(boost::edge_index, graph);
    return boost::maximum_cycle_ratio(graph, boost::get(boost::vertex_index, graph),
                                      boost::make_iterator_property_map(weights.begin(), edge_index),
                                      boost::make_iterator_property_map(distances.begin(), edge_index));
  }

  Topology topology;
  std::vector<std::int64_t> weights;
  std::vector<std::int64_t> distances;
};

}  // namespace

std::int64_t rounded_cycle_ratio(const Topology& topology, const std::vector<std::int64_t>& weights,
                                 const std::vector<std::int64_t>& distances) {
  const Cyclic cyclic(topology, weights, distances);
  if (cyclic.weights.empty()) return 0;
  auto ratio = std::max<std::int64_t>(0, std::llround(cyclic.guess()));
  while (!cyclic.holds(ratio)) ++ratio;
  while (ratio > 0 && cyclic.holds(ratio - 1)) --ratio;
  return ratio;
}

}  // namespace sluice
