#include "core/graph/digraph.hpp"

#include <doctest/doctest.h>

#include <string>
#include <type_traits>

namespace sluice::test {
namespace {

using Graph = Digraph<std::string, int>;
using NodeId = Graph::NodeId;

/// a -> b -> c, a -> c twice
Graph example() {
  Graph graph;
  const auto a = graph.add_node("a");
  const auto b = graph.add_node("b");
  const auto c = graph.add_node("c");
  graph.add_edge(a, b, 1);
  graph.add_edge(b, c, 2);
  graph.add_edge(a, c, 3);
  graph.add_edge(a, c, 4);
  return graph;
}

}  // namespace

TEST_CASE("edges of a node keep the order of their adding, also parallel ones") {
  const Graph graph = example();
  std::vector<int> in;
  for (const auto edge : graph.in_edges(NodeId(std::size_t{2}))) in.push_back(graph[edge]);
  CHECK(in == std::vector<int>{2, 3, 4});
  std::vector<int> out;
  for (const auto edge : graph.out_edges(NodeId(std::size_t{0}))) out.push_back(graph[edge]);
  CHECK(out == std::vector<int>{1, 3, 4});
  CHECK(graph[graph.source(graph.in_edges(NodeId(std::size_t{1}))[0])] == "a");
  CHECK(graph[graph.target(graph.in_edges(NodeId(std::size_t{1}))[0])] == "b");
}

TEST_CASE("ids of nodes and edges can't be mixed, and default to none") {
  CHECK_FALSE(std::is_same_v<Graph::NodeId, Graph::EdgeId>);
  CHECK_FALSE(std::is_convertible_v<Graph::NodeId, Graph::EdgeId>);
  CHECK_FALSE(NodeId().valid());
  CHECK(NodeId(std::size_t{0}).valid());
}

TEST_CASE("a filtered graph keeps payloads and order, and says where nodes went") {
  std::vector<std::optional<NodeId>> map;
  const Graph graph = example().filtered([](NodeId node) { return node.index() != 1; },
                                         [](Graph::EdgeId edge) { return edge.index() != 2; }, &map);
  CHECK(graph.node_count() == 2);
  REQUIRE(graph.edge_count() == 1);
  CHECK(graph[Graph::EdgeId(std::size_t{0})] == 4);
  CHECK_FALSE(map[1]);
  CHECK(graph[map[2].value()] == "c");
}

TEST_CASE("copies are independent") {
  Graph graph = example();
  Graph copy = graph;
  copy.add_edge(copy.add_node("d"), NodeId(std::size_t{0}), 5);
  copy[NodeId(std::size_t{0})] = "z";
  CHECK(graph.node_count() == 3);
  CHECK(graph.edge_count() == 4);
  CHECK(graph[NodeId(std::size_t{0})] == "a");
  graph = copy;
  CHECK(graph.in_edges(NodeId(std::size_t{0})).size() == 1);
}

TEST_CASE("a node map has an entry for each node") {
  NodeMap<int, NodeId> depth(3, -1);
  depth[NodeId(std::size_t{1})] = 4;
  CHECK(depth[NodeId(std::size_t{0})] == -1);
  CHECK(depth[NodeId(std::size_t{1})] == 4);
}

}  // namespace sluice::test
