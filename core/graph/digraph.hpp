#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <ranges>
#include <utility>
#include <vector>

#include "core/graph/topology.hpp"

namespace sluice {

/// An index that can't be mixed with another kind's.
template <typename Tag>
struct Id {
  std::uint32_t value = ~std::uint32_t{0};  ///< the default is no valid index

  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : value(static_cast<std::uint32_t>(index)) {}
  [[nodiscard]] constexpr bool valid() const { return value != ~std::uint32_t{0}; }
  [[nodiscard]] constexpr std::size_t index() const { return value; }
  auto operator<=>(const Id&) const = default;
};

/// All ids 0 .. count-1.
template <typename IdType>
auto id_range(std::size_t count) {
  return std::views::iota(std::size_t{0}, count) | std::views::transform([](std::size_t i) { return IdType(i); });
}

/// A directed multigraph with payloads: a typed face on `Topology`. In-edges are ordered, so that they can be operands.
/// Nodes are never removed one by one (ids stay dense): `filtered` builds the graph that remains.
template <typename NodePayload, typename EdgePayload>
class Digraph {
 public:
  struct NodeTag;
  struct EdgeTag;
  using NodeId = Id<NodeTag>;
  using EdgeId = Id<EdgeTag>;

  NodeId add_node(NodePayload payload) {
    nodes_.push_back(std::move(payload));
    return NodeId(topology_.add_vertex());
  }

  EdgeId add_edge(NodeId from, NodeId to, EdgePayload payload) {
    edges_.push_back(std::move(payload));
    return EdgeId(topology_.add_edge(from.index(), to.index()));
  }

  [[nodiscard]] std::size_t node_count() const { return nodes_.size(); }
  [[nodiscard]] std::size_t edge_count() const { return edges_.size(); }
  [[nodiscard]] auto nodes() const { return id_range<NodeId>(nodes_.size()); }
  [[nodiscard]] auto edges() const { return id_range<EdgeId>(edges_.size()); }

  NodePayload& operator[](NodeId node) { return nodes_.at(node.index()); }
  const NodePayload& operator[](NodeId node) const { return nodes_.at(node.index()); }
  EdgePayload& operator[](EdgeId edge) { return edges_.at(edge.index()); }
  const EdgePayload& operator[](EdgeId edge) const { return edges_.at(edge.index()); }

  [[nodiscard]] NodeId source(EdgeId edge) const { return NodeId(topology_.source(edge.index())); }
  [[nodiscard]] NodeId target(EdgeId edge) const { return NodeId(topology_.target(edge.index())); }

  /// Edges into `node`, in the order of their adding.
  [[nodiscard]] std::vector<EdgeId> in_edges(NodeId node) const {
    return ids(topology_.in_edges(node.index()));
  }
  /// Edges out of `node`, in the order of their adding.
  [[nodiscard]] std::vector<EdgeId> out_edges(NodeId node) const {
    return ids(topology_.out_edges(node.index()));
  }

  /// The graph of the nodes and edges that the predicates keep; `node_map[old]` becomes the new id, or none.
  [[nodiscard]] Digraph filtered(const std::function<bool(NodeId)>& keep_node,
                                 const std::function<bool(EdgeId)>& keep_edge,
                                 std::vector<std::optional<NodeId>>* node_map = nullptr) const {
    Digraph result;
    std::vector<std::optional<NodeId>> map(node_count());
    for (auto node : nodes()) {
      if (keep_node(node)) map[node.index()] = result.add_node((*this)[node]);
    }
    for (auto edge : edges()) {
      const auto from = map[source(edge).index()];
      const auto to = map[target(edge).index()];
      if (from && to && keep_edge(edge)) result.add_edge(*from, *to, (*this)[edge]);
    }
    if (node_map) *node_map = std::move(map);
    return result;
  }

  [[nodiscard]] const Topology& topology() const { return topology_; }

 private:
  static std::vector<EdgeId> ids(const std::vector<std::size_t>& indices) {
    std::vector<EdgeId> result;
    for (const auto index : indices) result.push_back(EdgeId(index));
    return result;
  }

  Topology topology_;
  std::vector<NodePayload> nodes_;
  std::vector<EdgePayload> edges_;
};

/// A table with one entry for each node of a graph.
template <typename T, typename NodeId>
class NodeMap {
 public:
  explicit NodeMap(std::size_t count, T initial = {}) : values_(count, std::move(initial)) {}
  decltype(auto) operator[](NodeId node) { return values_.at(node.index()); }
  decltype(auto) operator[](NodeId node) const { return values_.at(node.index()); }

 private:
  std::vector<T> values_;
};

}  // namespace sluice
