#include "core/graph/order.hpp"

#include <algorithm>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/topological_sort.hpp>

#include "core/graph/boost_topology.hpp"

namespace sluice {

std::optional<std::vector<std::size_t>> topological_order(const Topology& topology) {
  std::vector<std::size_t> order;
  order.reserve(topology.vertex_count());
  try {
    boost::topological_sort(topology.boost().graph, std::back_inserter(order));
  } catch (const boost::not_a_dag&) {
    return std::nullopt;
  }
  std::reverse(order.begin(), order.end());
  return order;
}

namespace {

/// Remembers the depth-first tree; the first back edge closes a cycle along it.
struct CycleFinder : boost::dfs_visitor<> {
  CycleFinder(std::vector<std::size_t>& parents, std::vector<std::size_t>& found) : parent(&parents), cycle(&found) {}

  template <typename Edge>
  void tree_edge(Edge edge, const BoostTopology::Graph& graph) {
    (*parent)[boost::target(edge, graph)] = boost::source(edge, graph);
  }

  template <typename Edge>
  void back_edge(Edge edge, const BoostTopology::Graph& graph) {
    if (!cycle->empty()) return;
    const std::size_t head = boost::target(edge, graph);
    for (std::size_t v = boost::source(edge, graph); v != head; v = (*parent)[v]) cycle->push_back(v);
    cycle->push_back(head);
    std::reverse(cycle->begin(), cycle->end());
  }

  std::vector<std::size_t>* parent;
  std::vector<std::size_t>* cycle;
};

}  // namespace

std::vector<std::size_t> find_cycle(const Topology& topology) {
  std::vector<std::size_t> parent(topology.vertex_count());
  std::vector<std::size_t> cycle;
  boost::depth_first_search(topology.boost().graph, boost::visitor(CycleFinder(parent, cycle)));
  return cycle;
}

}  // namespace sluice
