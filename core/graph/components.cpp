#include "core/graph/components.hpp"

#include <boost/graph/strong_components.hpp>

#include "core/graph/boost_topology.hpp"

namespace sluice {

std::vector<std::size_t> strong_components(const Topology& topology) {
  const auto& graph = topology.boost().graph;
  std::vector<std::size_t> component(topology.vertex_count());
  boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
  return component;
}

}  // namespace sluice
