#include "systemgen/analysis/start_windows.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "systemgen/analysis/fire_times.hpp"
#include "tests/systemgen/support/random_timed_network.hpp"

using namespace sluice;

namespace {

/// The end of the first frame, simulated.
std::int64_t latency(const TimedNetwork& network, const Capacities& capacities) {
  const auto times = fire_times(network, capacities, 1);
  REQUIRE(times.has_value());
  const auto sink = last_actor(network).front();
  return times->starts[sink.actor].back() + sink.delay;
}

Capacities whole_tensors(const TimedNetwork& network) {
  Capacities capacities;
  for (const auto& channel : network.channels) capacities.push_back(channel.rows);
  return capacities;
}

}  // namespace

TEST_CASE("the latency without bounds is that with buffers of a whole frame") {
  std::mt19937 random(81);
  for (int seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    CHECK(unbounded_latency(network, last_actor(network)) == latency(network, whole_tensors(network)));
  }
}

TEST_CASE("with tokens alone firings start as soon as their windows open, and those on the longest way have no slack") {
  std::mt19937 random(82);
  for (int seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    const auto sinks = last_actor(network);
    const std::int64_t slack = seed % 5;
    const auto windows = start_windows(network, sinks, unbounded_latency(network, sinks) + slack);
    const auto times = fire_times(network, whole_tensors(network), 1);
    std::int64_t least = StartWindow{}.latest;
    for (std::size_t a = 0; a < network.actors.size(); ++a) {
      for (std::size_t t = 0; t < windows[a].size(); ++t) {
        CHECK(windows[a][t].soonest == times->starts[a][t]);
        least = std::min(least, windows[a][t].latest - windows[a][t].soonest);
      }
    }
    CHECK(least == slack);
  }
}

TEST_CASE("there are late paths exactly if the first frame ends too late") {
  std::mt19937 random(83);
  int late = 0;
  for (int seed = 0; seed < 3000; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    const auto sinks = last_actor(network);
    Capacities capacities;
    for (const auto& channel : network.channels)
      capacities.push_back(std::uniform_int_distribution<std::int64_t>(1, channel.rows)(random));
    const FiringGraph graph(network, {capacities.begin(), capacities.end()});
    const auto order = frame_order(graph);
    if (!order.cycle.empty()) continue;  // a deadlock
    const auto wanted = unbounded_latency(network, sinks) + seed % 8;
    const auto paths = late_paths(graph, order.nodes, start_windows(network, sinks, wanted));
    CHECK(paths.empty() == (latency(network, capacities) <= wanted));
    late += !paths.empty();
    for (const auto& path : paths) {
      REQUIRE_FALSE(path.empty());
      CHECK(graph.gate(path.front())->kind == Gate::Kind::credit);
      for (std::size_t i = 1; i < path.size(); ++i) CHECK(graph.edge(path[i]).source == graph.edge(path[i - 1]).target);
    }
  }
  CHECK(late > 50);
}
