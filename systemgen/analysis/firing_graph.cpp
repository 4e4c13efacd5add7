#include "systemgen/analysis/firing_graph.hpp"

#include <algorithm>

#include "core/arith/floor_div.hpp"

namespace sluice {

FiringGraph::FiringGraph(const TimedNetwork& network, const PartialCapacities& capacities) : network_(&network) {
  for (const auto& rows : capacities) capacities_.push_back(rows.value_or(0));
  gates_ = gates(network, capacities_);
  for (std::uint32_t a = 0; a < network.actors.size(); ++a) {
    first_node_.push_back(node_count());
    for (std::int64_t t = 0; t < network.actors[a].firings; ++t) {
      first_edge_.push_back(static_cast<std::uint32_t>(edges_.size()));
      actor_of_.push_back(a);
      edges_.resize(edges_.size() + 1 + gates_[a].size());
    }
  }
  first_edge_.push_back(static_cast<std::uint32_t>(edges_.size()));
  for (std::size_t a = 0; a < network.actors.size(); ++a) {
    const auto firings = network.actors[a].firings;
    for (std::int64_t t = 0; t < firings; ++t)
      edges_[first_edge(node(a, t))] = {node(a, t == 0 ? firings - 1 : t - 1), node(a, t), network.actors[a].spacing,
                                        t == 0};
    for (std::size_t g = 0; g < gates_[a].size(); ++g) set_edges(a, g);
  }
}

void FiringGraph::set_edges(std::size_t actor, std::size_t gate) {
  const auto& from = gates_[actor][gate];
  const auto firings = network_->actors[from.neighbour].firings;
  const bool bounded = from.kind == Gate::Kind::token || capacities_[from.channel] > 0;
  for (std::int64_t t = 0; t < from.needed.period(); ++t) {
    const auto target = node(actor, t);
    const auto awaited = from.needed.at(t) - 1;
    const auto frame = floor_div(awaited, firings);
    const auto source = bounded ? node(from.neighbour, awaited - frame * firings) : FiringEdge::kNone;
    edges_[first_edge(target) + 1 + gate] = {source, target, from.delay, -frame};
  }
}

void FiringGraph::set_capacity(std::size_t channel, std::int64_t rows) {
  capacities_[channel] = rows;
  const auto& on = network_->channels[channel];
  auto& of_writer = gates_[on.writer];
  for (std::size_t g = 0; g < of_writer.size(); ++g) {
    auto& gate = of_writer[g];
    if (gate.channel != channel || gate.kind != Gate::Kind::credit) continue;
    gate.needed = credits_needed(on, on.readers[gate.reader], rows);
    set_edges(on.writer, g);
  }
}

const Gate* FiringGraph::gate(std::uint32_t edge) const {
  const auto target = edges_[edge].target;
  const auto place = edge - first_edge(target);
  return place == 0 ? nullptr : &gates_[actor(target)][place - 1];
}

std::vector<Wait> FiringGraph::waits(const FiringCycle& cycle) const {
  std::vector<Wait> result;
  // Against the edges: each waits for the next.
  for (auto each = cycle.rbegin(); each != cycle.rend(); ++each) {
    const auto* on = gate(*each);
    const auto& of = edges_[*each];
    if (on) result.push_back({on->actor, firing(of.target), on->kind, on->channel, on->neighbour, firing(of.source)});
  }
  return result;
}

FrameOrder frame_order(const FiringGraph& graph) {
  enum class State : std::uint8_t { open, entered, done };
  std::vector<State> state(graph.node_count(), State::open);
  std::vector<std::uint32_t> next(graph.node_count());  // in-edge
  std::vector<std::uint32_t> path;
  FrameOrder order;
  for (std::uint32_t first = 0; first < graph.node_count(); ++first) {
    if (state[first] == State::open) path.push_back(first);
    while (!path.empty()) {
      const auto node = path.back();
      if (state[node] == State::open) {
        state[node] = State::entered;
        next[node] = graph.first_edge(node);
      }
      if (next[node] == graph.first_edge(node + 1)) {
        state[node] = State::done;
        order.nodes.push_back(node);
        path.pop_back();
        continue;
      }
      const auto& edge = graph.edge(next[node]++);
      if (edge.source == FiringEdge::kNone || edge.frames != 0 || state[edge.source] == State::done) continue;
      if (state[edge.source] == State::open) {
        path.push_back(edge.source);
        continue;
      }
      for (auto back = path.rbegin();; ++back) {
        order.cycle.push_back(next[*back] - 1);
        if (*back == edge.source) return order;
      }
    }
  }
  return order;
}

}  // namespace sluice
