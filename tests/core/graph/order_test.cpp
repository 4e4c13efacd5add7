#include "core/graph/order.hpp"

#include <doctest/doctest.h>

#include <random>

namespace sluice::test {
namespace {

/// A random graph; without `cyclic`, edges go from smaller to larger numbers under a random renaming.
Topology random_graph(std::uint32_t seed, bool cyclic) {
  std::mt19937 engine(seed);
  const std::size_t count = 2 + engine() % 20;
  std::vector<std::size_t> names(count);
  for (std::size_t i = 0; i < count; ++i) names[i] = i;
  for (std::size_t i = count; i-- > 1;) std::swap(names[i], names[engine() % (i + 1)]);
  Topology graph(count);
  for (std::size_t n = engine() % (3 * count); n > 0; --n) {
    std::size_t from = engine() % count;
    std::size_t to = engine() % count;
    if (!cyclic && from == to) continue;
    if (!cyclic && from > to) std::swap(from, to);
    graph.add_edge(names[from], names[to]);
  }
  return graph;
}

bool has_edge(const Topology& graph, std::size_t from, std::size_t to) {
  for (const auto edge : graph.out_edges(from)) {
    if (graph.target(edge) == to) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("in a topological order every edge goes forward") {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    const Topology graph = random_graph(seed, false);
    const auto order = topological_order(graph);
    REQUIRE(order);
    REQUIRE(order->size() == graph.vertex_count());
    std::vector<std::size_t> place(order->size());
    for (std::size_t i = 0; i < order->size(); ++i) place.at((*order)[i]) = i;
    for (std::size_t edge = 0; edge < graph.edge_count(); ++edge) {
      CHECK(place[graph.source(edge)] < place[graph.target(edge)]);
    }
    CHECK(find_cycle(graph).empty());
  }
}

TEST_CASE("a graph has either an order or a cycle, and the cycle is one") {
  int cyclic = 0;
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    const Topology graph = random_graph(seed, true);
    const auto cycle = find_cycle(graph);
    CHECK(topological_order(graph).has_value() == cycle.empty());
    cyclic += !cycle.empty();
    for (std::size_t i = 0; i < cycle.size(); ++i) CHECK(has_edge(graph, cycle[i], cycle[(i + 1) % cycle.size()]));
  }
  CHECK(cyclic > 50);
}

TEST_CASE("a self-loop is a cycle of one") {
  Topology graph(2);
  graph.add_edge(1, 1);
  CHECK(find_cycle(graph) == std::vector<std::size_t>{1});
}

}  // namespace sluice::test
