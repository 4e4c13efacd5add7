#include "systemgen/analysis/firing_graph.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "systemgen/analysis/fire_times.hpp"
#include "systemgen/analysis/steady_state.hpp"
#include "tests/systemgen/support/random_timed_network.hpp"

using namespace sluice;

namespace {

bool closes(const FiringGraph& graph, const FiringCycle& cycle) {
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    if (graph.edge(cycle[i]).source != graph.edge(cycle[(i + cycle.size() - 1) % cycle.size()]).target) return false;
  }
  return !cycle.empty();
}

bool equal(const FiringGraph& a, const FiringGraph& b) {
  for (std::uint32_t e = 0; e < a.first_edge(a.node_count()); ++e) {
    const auto& x = a.edge(e);
    const auto& y = b.edge(e);
    if (x.source != y.source || x.target != y.target) return false;
    if (x.source != FiringEdge::kNone && (x.delay != y.delay || x.frames != y.frames)) return false;
  }
  return a.node_count() == b.node_count();
}

}  // namespace

TEST_CASE("the edges are what bounds the start of each firing in execution") {
  std::mt19937 random(31);
  for (int seed = 0; seed < 150; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    const auto capacities = generous_capacities(network, random);
    const FiringGraph graph(network, {capacities.begin(), capacities.end()});
    constexpr std::int64_t kFrames = 6;
    const auto times = fire_times(network, capacities, kFrames);
    REQUIRE(times.has_value());
    const auto start = [&](std::uint32_t node, std::int64_t frame) {
      const auto n = frame * network.actors[graph.actor(node)].firings + graph.firing(node);
      return times->starts[graph.actor(node)][static_cast<std::size_t>(n)];
    };
    bool all = true;
    for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
      for (std::int64_t frame = 0; frame < kFrames; ++frame) {
        std::int64_t latest = 0;
        for (auto e = graph.first_edge(node); e < graph.first_edge(node + 1); ++e) {
          const auto& edge = graph.edge(e);
          if (edge.frames <= frame) latest = std::max(latest, start(edge.source, frame - edge.frames) + edge.delay);
        }
        all = all && latest == start(node, frame);
      }
    }
    CHECK(all);
  }
}

TEST_CASE("a graph whose capacities are changed is that of the new ones") {
  std::mt19937 random(32);
  for (int seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    const auto capacities = generous_capacities(network, random);
    FiringGraph graph(network, PartialCapacities(network.channels.size()));
    for (std::size_t c = 0; c < capacities.size(); ++c) graph.set_capacity(c, capacities[c]);
    CHECK(equal(graph, FiringGraph(network, {capacities.begin(), capacities.end()})));
  }
}

TEST_CASE("a frame is in order or there is a cycle within it") {
  std::mt19937 random(33);
  int cyclic = 0;
  for (int seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    PartialCapacities capacities;
    for (const auto& channel : network.channels)
      capacities.emplace_back(std::uniform_int_distribution<std::int64_t>(1, channel.rows + 2)(random));
    const FiringGraph graph(network, capacities);
    const auto order = frame_order(graph);
    if (!order.cycle.empty()) {
      ++cyclic;
      CHECK(closes(graph, order.cycle));
      for (const auto e : order.cycle) CHECK(graph.edge(e).frames == 0);
      continue;
    }
    std::vector<std::size_t> place(graph.node_count());
    for (std::size_t i = 0; i < order.nodes.size(); ++i) place[order.nodes[i]] = i;
    REQUIRE(order.nodes.size() == graph.node_count());
    for (std::uint32_t e = 0; e < graph.first_edge(graph.node_count()); ++e) {
      const auto& edge = graph.edge(e);
      if (edge.frames == 0) CHECK(place[edge.source] < place[edge.target]);
    }
  }
  CHECK(cyclic > 50);
}

TEST_CASE("cycles are above an interval that is too short, and only then") {
  std::mt19937 random(34);
  for (int seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    const auto capacities = generous_capacities(network, random);
    const auto interval = steady_state(network, capacities)->interval;
    const FiringGraph graph(network, {capacities.begin(), capacities.end()});
    const auto order = frame_order(graph);
    CHECK(cycles_above(graph, order.nodes, interval).empty());
    const FrameInterval shorter(interval.cycles * 100 - 1, interval.frames * 100);
    const auto above = cycles_above(graph, order.nodes, shorter);
    CHECK_FALSE(above.empty());
    for (const auto& cycle : above) {
      CHECK(closes(graph, cycle));
      CHECK(cycle_interval(graph, cycle) > shorter);
      CHECK(cycle_interval(graph, cycle) <= interval);
    }
  }
}
