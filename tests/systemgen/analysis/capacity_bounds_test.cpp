#include "systemgen/analysis/capacity_bounds.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "systemgen/analysis/smallest_capacities.hpp"
#include "systemgen/analysis/steady_state.hpp"
#include "tests/systemgen/support/random_timed_network.hpp"

using namespace sluice;

namespace {

Capacities up_to(const Capacities& most, std::mt19937& random) {
  Capacities capacities;
  for (const auto rows : most) capacities.push_back(std::uniform_int_distribution<std::int64_t>(1, rows)(random));
  return capacities;
}

Pace pace_of(const TimedNetwork& network, BufferGoal goal) {
  if (goal == BufferGoal::minimal) return {};
  const auto sinks = last_actor(network);
  return {unbounded_state(network)->interval, start_windows(network, sinks, unbounded_latency(network, sinks))};
}

}  // namespace

TEST_CASE("capacities that are enough give one of a path's channels the rows that it asks for") {
  std::mt19937 random(71);
  int paths = 0;
  for (int seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    for (const auto goal : {BufferGoal::throughput, BufferGoal::minimal}) {
      const auto pace = pace_of(network, goal);
      const auto enough = smallest_capacities(network, {.goal = goal, .sinks = last_actor(network)})->capacities;
      const auto fewer = up_to(enough, random);
      const FiringGraph graph(network, {fewer.begin(), fewer.end()});
      const auto found = violations(graph, pace);
      CHECK(found.empty() == (fewer == enough));
      for (const auto& path : found) {
        ++paths;
        const auto asked = raises(network, graph, path);
        CHECK(std::any_of(asked.begin(), asked.end(),
                          [&](const Raise& raise) { return enough[raise.channel] >= raise.rows; }));
        CHECK(std::all_of(asked.begin(), asked.end(),
                          [&](const Raise& raise) { return raise.rows > fewer[raise.channel]; }));
      }
    }
  }
  CHECK(paths > 400);
}

TEST_CASE("a demand names the most rows that are not enough together") {
  std::mt19937 random(73);
  int several = 0;
  for (int seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {.actors = 20});
    const auto pace = pace_of(network, BufferGoal::throughput);
    Capacities fewer;
    for (std::size_t c = 0; c < network.channels.size(); ++c) fewer.push_back(least_alone(network, c, pace));
    const FiringGraph graph(network, {fewer.begin(), fewer.end()});
    for (const auto& path : violations(graph, pace)) {
      const auto any_of = demand(network, graph, path, pace).any_of;
      several += any_of.size() > 1;
      REQUIRE_FALSE(any_of.empty());
      FiringGraph tried(network, PartialCapacities(network.channels.size()));
      for (const auto& raise : any_of) tried.set_capacity(raise.channel, raise.rows - 1);
      CHECK_FALSE(violations(tried, pace).empty());
      for (const auto& raise : any_of) {
        tried.set_capacity(raise.channel, raise.rows);
        CHECK(violations(tried, pace).empty());
        tried.set_capacity(raise.channel, raise.rows - 1);
      }
    }
  }
  CHECK(several > 50);
}

TEST_CASE("no channel can do with fewer rows than it needs alone") {
  std::mt19937 random(72);
  for (int seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    const auto pace = pace_of(network, BufferGoal::throughput);
    for (std::size_t c = 0; c < network.channels.size(); ++c) {
      const auto rows = least_alone(network, c, pace);
      FiringGraph graph(network, PartialCapacities(network.channels.size()));
      graph.set_capacity(c, rows);
      CHECK(violations(graph, pace).empty());
      if (rows == 1) continue;
      graph.set_capacity(c, rows - 1);
      CHECK_FALSE(violations(graph, pace).empty());
    }
  }
}
