#include "core/graph/topology.hpp"

#include "core/graph/boost_topology.hpp"

namespace sluice {
namespace {

template <typename Range>
std::vector<std::size_t> indices(Range range, const BoostTopology::Graph& graph) {
  std::vector<std::size_t> result;
  for (auto it = range.first; it != range.second; ++it) result.push_back(boost::get(boost::edge_index, graph, *it));
  return result;
}

}  // namespace

Topology::Topology(std::size_t vertices) : graph_(std::make_unique<BoostTopology>(BoostTopology::Graph(vertices))) {}
Topology::~Topology() = default;
Topology::Topology(const Topology& other)
    : graph_(std::make_unique<BoostTopology>(*other.graph_)), ends_(other.ends_) {}
Topology::Topology(Topology&& other) noexcept = default;

Topology& Topology::operator=(Topology other) noexcept {
  graph_.swap(other.graph_);
  ends_.swap(other.ends_);
  return *this;
}

std::size_t Topology::add_vertex() { return boost::add_vertex(graph_->graph); }

std::size_t Topology::add_edge(std::size_t from, std::size_t to) {
  boost::add_edge(from, to, ends_.size(), graph_->graph);
  ends_.emplace_back(from, to);
  return ends_.size() - 1;
}

std::size_t Topology::vertex_count() const { return boost::num_vertices(graph_->graph); }

std::vector<std::size_t> Topology::in_edges(std::size_t vertex) const {
  return indices(boost::in_edges(vertex, graph_->graph), graph_->graph);
}

std::vector<std::size_t> Topology::out_edges(std::size_t vertex) const {
  return indices(boost::out_edges(vertex, graph_->graph), graph_->graph);
}

}  // namespace sluice
