#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace sluice {

/// The Boost.Graph graph inside a Topology; complete in core/graph/boost_topology.hpp only, whose headers are slow to parse.
struct BoostTopology;

/// The structure of every graph in Sluice, without payloads: what the algorithms in core/graph see.
/// Vertices and edges are numbered in the order of their adding, from 0; the edges of a vertex keep that order.
class Topology {
 public:
  explicit Topology(std::size_t vertices = 0);
  ~Topology();
  Topology(const Topology& other);
  Topology(Topology&& other) noexcept;
  Topology& operator=(Topology other) noexcept;

  std::size_t add_vertex();
  std::size_t add_edge(std::size_t from, std::size_t to);

  [[nodiscard]] std::size_t vertex_count() const;
  [[nodiscard]] std::size_t edge_count() const { return ends_.size(); }
  [[nodiscard]] std::size_t source(std::size_t edge) const { return ends_.at(edge).first; }
  [[nodiscard]] std::size_t target(std::size_t edge) const { return ends_.at(edge).second; }
  [[nodiscard]] std::vector<std::size_t> in_edges(std::size_t vertex) const;
  [[nodiscard]] std::vector<std::size_t> out_edges(std::size_t vertex) const;

  [[nodiscard]] const BoostTopology& boost() const { return *graph_; }

 private:
  std::unique_ptr<BoostTopology> graph_;
  std::vector<std::pair<std::size_t, std::size_t>> ends_;  // of each edge
};

}  // namespace sluice
