#include "systemgen/analysis/steady_state.hpp"

#include <doctest/doctest.h>

#include "core/graph/cycle_ratio.hpp"
#include "systemgen/analysis/deadlock.hpp"
#include "systemgen/analysis/fire_times.hpp"
#include "systemgen/analysis/firing_graph.hpp"
#include "tests/systemgen/support/random_timed_network.hpp"

using namespace sluice;

namespace {

/// Capacities that sometimes hold the network back, but don't stop it.
Capacities tight_capacities(const TimedNetwork& network, std::mt19937& random) {
  Capacities capacities;
  for (const auto& channel : network.channels)
    capacities.push_back(std::uniform_int_distribution<std::int64_t>(1, channel.rows + 2)(random));
  while (!find_deadlock(network, capacities).empty())
    ++capacities[std::uniform_int_distribution<std::size_t>(0, capacities.size() - 1)(random)];
  return capacities;
}

std::int64_t rounded_ratio(const TimedNetwork& network, const Capacities& capacities) {
  const FiringGraph graph(network, {capacities.begin(), capacities.end()});
  Topology topology(graph.node_count());
  std::vector<std::int64_t> delays;
  std::vector<std::int64_t> frames;
  for (std::uint32_t e = 0; e < graph.first_edge(graph.node_count()); ++e) {
    topology.add_edge(graph.edge(e).source, graph.edge(e).target);
    delays.push_back(graph.edge(e).delay);
    frames.push_back(graph.edge(e).frames);
  }
  return rounded_cycle_ratio(topology, delays, frames);
}

}  // namespace

TEST_CASE("the interval is what executed networks settle to") {
  std::mt19937 random(51);
  int held_back = 0;
  int broken = 0;
  for (int seed = 0; seed < 1500; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    const auto capacities = tight_capacities(network, random);
    CAPTURE(to_string(network));
    const auto state = steady_state(network, capacities);
    REQUIRE(state.has_value());
    const auto interval = state->interval;
    CHECK(interval >= FrameInterval(slowest_interval(network)));
    held_back += interval > FrameInterval(slowest_interval(network));
    broken += interval.frames > 1;
    CHECK_FALSE(state->actors.empty());

    // All firings recur exactly after some frames, so that the average is that of these frames.
    constexpr std::int64_t kFrames = 100;
    const auto times = fire_times(network, capacities, kFrames);
    REQUIRE(times.has_value());
    const auto frame_start = [&](std::size_t actor, std::int64_t frame) {
      return times->starts[actor][static_cast<std::size_t>(frame * network.actors[actor].firings)];
    };
    const auto recurs_after = [&](std::int64_t period) {
      for (const auto a : state->actors) {
        for (auto frame = kFrames / 2; frame + period < kFrames; ++frame) {
          if ((frame_start(a, frame + period) - frame_start(a, frame)) * interval.frames != period * interval.cycles)
            return false;
        }
      }
      return true;
    };
    std::int64_t period = interval.frames;
    while (period < kFrames / 2 && !recurs_after(period)) period += interval.frames;
    CHECK(period < kFrames / 2);
  }
  CHECK(held_back > 200);
  CHECK(broken > 5);
}

TEST_CASE("the interval rounded up is that of Howard's and Bellman and Ford's algorithms") {
  std::mt19937 random(52);
  for (int seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    const auto capacities = tight_capacities(network, random);
    const auto state = steady_state(network, capacities);
    REQUIRE(state.has_value());
    CHECK(rounded_ratio(network, capacities) ==
          (state->interval.cycles + state->interval.frames - 1) / state->interval.frames);
  }
}

TEST_CASE("without bounds the slowest actor sets the interval") {
  std::mt19937 random(53);
  for (int seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const auto state = unbounded_state(random_timed_network(random, {}));
    REQUIRE(state.has_value());
    CHECK(state->actors.size() == 1);
    CHECK(state->channels.empty());
  }
}

TEST_CASE("a fixed channel that is too small bounds the interval and is named with its ends") {
  TimedNetwork network{{{"a", 3, 4}, {"b", 3, 2}}, {row_channel("x", 3, 0, {window_reader(1, 3, 3, 1, 1, 0)})}};
  network.channels[0].fixed_capacity = 1;
  network.channels[0].readers[0].token_delay = 5;
  network.channels[0].readers[0].credit_delay = 3;
  const auto state = unbounded_state(network);
  REQUIRE(state.has_value());
  CHECK(state->interval == FrameInterval(24));
  CHECK(state->actors == std::vector<std::size_t>{0, 1});
  CHECK(state->channels == std::vector<std::size_t>{0});
}

TEST_CASE("a network in a deadlock has no interval") {
  const TimedNetwork network{{{"a", 3, 1}, {"b", 2, 1}}, {row_channel("x", 3, 0, {window_reader(1, 3, 2, 2, 1, 0)})}};
  const auto state = steady_state(network, {1});
  REQUIRE_FALSE(state.has_value());
  CHECK(state.errors()[0].what.starts_with("deadlock: "));
}
