#include "systemgen/analysis/start_windows.hpp"

#include <algorithm>
#include <map>

namespace sluice {
namespace {

/// Whether an edge makes its target wait in the first frame. Earlier ones count as done.
bool is_within_frame(const FiringEdge& edge) { return edge.source != FiringEdge::kNone && edge.frames == 0; }

/// The start of each firing of the first frame, and the edge that it waits for last, if that is after its `times`.
struct FirstFrame {
  std::vector<std::int64_t> times;
  std::vector<std::uint32_t> last;

  FirstFrame(const FiringGraph& graph, const std::vector<std::uint32_t>& order, std::vector<std::int64_t> not_before)
      : times(std::move(not_before)), last(times.size(), FiringEdge::kNone) {
    for (const auto node : order) {
      for (auto e = graph.first_edge(node); e < graph.first_edge(node + 1); ++e) {
        const auto& edge = graph.edge(e);
        if (!is_within_frame(edge) || times[edge.source] + edge.delay <= times[node]) continue;
        times[node] = times[edge.source] + edge.delay;
        last[node] = e;
      }
    }
  }
};

std::uint32_t last_firing(const TimedNetwork& network, const FiringGraph& graph, const EdgeActor& sink) {
  return graph.node(sink.actor, network.actors[sink.actor].firings - 1);
}

}  // namespace

std::int64_t unbounded_latency(const TimedNetwork& network, const std::vector<EdgeActor>& sinks) {
  PartialCapacities capacities;
  for (const auto& channel : network.channels) capacities.push_back(channel.fixed_capacity);
  const FiringGraph graph(network, capacities);
  const FirstFrame frame(graph, frame_order(graph).nodes, std::vector<std::int64_t>(graph.node_count(), 0));
  std::int64_t latency = 0;
  for (const auto& sink : sinks)
    latency = std::max(latency, frame.times[last_firing(network, graph, sink)] + sink.delay);
  return latency;
}

StartWindows start_windows(const TimedNetwork& network, const std::vector<EdgeActor>& sinks, std::int64_t latency) {
  const FiringGraph graph(network, PartialCapacities(network.channels.size()));
  const auto order = frame_order(graph).nodes;
  const FirstFrame frame(graph, order, std::vector<std::int64_t>(graph.node_count(), 0));
  std::vector<std::int64_t> latest(graph.node_count(), StartWindow{}.latest);
  for (const auto& sink : sinks) {
    auto& of_sink = latest[last_firing(network, graph, sink)];
    of_sink = std::min(of_sink, latency - sink.delay);
  }
  for (auto node = order.rbegin(); node != order.rend(); ++node) {
    for (auto e = graph.first_edge(*node); e < graph.first_edge(*node + 1); ++e) {
      const auto& edge = graph.edge(e);
      if (is_within_frame(edge)) latest[edge.source] = std::min(latest[edge.source], latest[*node] - edge.delay);
    }
  }
  StartWindows windows(network.actors.size());
  for (std::uint32_t node = 0; node < graph.node_count(); ++node)
    windows[graph.actor(node)].push_back({frame.times[node], latest[node]});
  return windows;
}

std::vector<FiringPath> late_paths(const FiringGraph& graph, const std::vector<std::uint32_t>& order,
                                   const StartWindows& windows) {
  const auto window = [&](std::uint32_t node) {
    return windows[graph.actor(node)][static_cast<std::size_t>(graph.firing(node))];
  };
  std::vector<std::int64_t> soonest;
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) soonest.push_back(window(node).soonest);
  const FirstFrame frame(graph, order, std::move(soonest));
  const auto lateness = [&](std::uint32_t node) { return frame.times[node] - window(node).latest; };
  std::map<std::size_t, std::uint32_t> worst;  // by actor
  for (const auto node : order) {
    // What waits for a firing that is late itself says nothing new.
    if (lateness(node) <= 0 || lateness(graph.edge(frame.last[node]).source) > 0) continue;
    const auto [place, added] = worst.emplace(graph.actor(node), node);
    if (lateness(node) > lateness(place->second)) place->second = node;
  }
  std::vector<FiringPath> paths;
  for (const auto& [actor, end] : worst) {
    auto& path = paths.emplace_back();
    for (auto node = end; frame.last[node] != FiringEdge::kNone; node = graph.edge(path.back()).source)
      path.push_back(frame.last[node]);
    std::reverse(path.begin(), path.end());
  }
  return paths;
}

}  // namespace sluice
