#include "systemgen/analysis/steady_state.hpp"

#include <algorithm>
#include <set>

#include "systemgen/analysis/firing_graph.hpp"

namespace sluice {
namespace {

std::int64_t busy_cycles(const TimedActor& actor) { return actor.firings * actor.spacing; }

SteadyState slowest_actor(const TimedNetwork& network) {
  SteadyState state{FrameInterval(slowest_interval(network)), {}, {}};
  for (std::size_t a = 0; a < network.actors.size(); ++a) {
    if (busy_cycles(network.actors[a]) == state.interval.cycles && state.actors.empty()) state.actors = {a};
  }
  return state;
}

SteadyState bounded_by(const FiringGraph& graph, const FiringCycle& cycle) {
  std::set<std::size_t> actors;
  std::set<std::size_t> channels;
  for (const auto edge : cycle) {
    actors.insert(graph.actor(graph.edge(edge).target));
    if (const auto* gate = graph.gate(edge)) channels.insert(gate->channel);
  }
  return {cycle_interval(graph, cycle), {actors.begin(), actors.end()}, {channels.begin(), channels.end()}};
}

Expected<SteadyState> settle(const TimedNetwork& network, const PartialCapacities& capacities) {
  const FiringGraph graph(network, capacities);
  const auto order = frame_order(graph);
  if (!order.cycle.empty()) return explain(network, graph.capacities(), graph.waits(order.cycle));
  auto state = slowest_actor(network);
  for (;;) {
    const auto above = cycles_above(graph, order.nodes, state.interval);
    if (above.empty()) return state;
    const auto& worst = *std::max_element(above.begin(), above.end(), [&](const auto& a, const auto& b) {
      return cycle_interval(graph, a) < cycle_interval(graph, b);
    });
    state = bounded_by(graph, worst);
  }
}

}  // namespace

std::int64_t slowest_interval(const TimedNetwork& network) {
  std::int64_t most = 0;
  for (const auto& actor : network.actors) most = std::max(most, busy_cycles(actor));
  return most;
}

Expected<SteadyState> steady_state(const TimedNetwork& network, const Capacities& capacities) {
  if (auto wrong = verify(network, capacities); !wrong.empty()) return wrong;
  return settle(network, {capacities.begin(), capacities.end()});
}

Expected<SteadyState> unbounded_state(const TimedNetwork& network) {
  PartialCapacities capacities;
  for (const auto& channel : network.channels) capacities.push_back(channel.fixed_capacity);
  return settle(network, capacities);
}

}  // namespace sluice
