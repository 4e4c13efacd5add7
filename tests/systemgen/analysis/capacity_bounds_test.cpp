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

}  // namespace

TEST_CASE("capacities that are enough give one of a cycle's channels the rows that it asks for") {
  std::mt19937 random(71);
  int cycles = 0;
  for (int seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    for (const auto goal : {BufferGoal::throughput, BufferGoal::minimal}) {
      std::optional<FrameInterval> interval;
      if (goal == BufferGoal::throughput) interval = unbounded_state(network)->interval;
      const auto enough = smallest_capacities(network, {.goal = goal})->capacities;
      const auto fewer = up_to(enough, random);
      const FiringGraph graph(network, {fewer.begin(), fewer.end()});
      const auto found = violations(graph, interval);
      CHECK(found.empty() == (fewer == enough));
      for (const auto& cycle : found) {
        ++cycles;
        const auto asked = raises(network, graph, cycle);
        CHECK(std::any_of(asked.begin(), asked.end(),
                          [&](const Raise& raise) { return enough[raise.channel] >= raise.rows; }));
        CHECK(std::all_of(asked.begin(), asked.end(),
                          [&](const Raise& raise) { return raise.rows > fewer[raise.channel]; }));
      }
    }
  }
  CHECK(cycles > 400);
}

TEST_CASE("a demand names the most rows that are not enough together") {
  std::mt19937 random(73);
  int several = 0;
  for (int seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {.actors = 20});
    const auto interval = unbounded_state(network)->interval;
    Capacities fewer;
    for (std::size_t c = 0; c < network.channels.size(); ++c) fewer.push_back(least_alone(network, c, interval));
    const FiringGraph graph(network, {fewer.begin(), fewer.end()});
    for (const auto& cycle : violations(graph, interval)) {
      const auto any_of = demand(network, graph, cycle, interval).any_of;
      several += any_of.size() > 1;
      REQUIRE_FALSE(any_of.empty());
      FiringGraph tried(network, PartialCapacities(network.channels.size()));
      for (const auto& raise : any_of) tried.set_capacity(raise.channel, raise.rows - 1);
      CHECK_FALSE(violations(tried, interval).empty());
      for (const auto& raise : any_of) {
        tried.set_capacity(raise.channel, raise.rows);
        CHECK(violations(tried, interval).empty());
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
    const auto interval = unbounded_state(network)->interval;
    for (std::size_t c = 0; c < network.channels.size(); ++c) {
      const auto rows = least_alone(network, c, interval);
      FiringGraph graph(network, PartialCapacities(network.channels.size()));
      graph.set_capacity(c, rows);
      CHECK(violations(graph, interval).empty());
      if (rows == 1) continue;
      graph.set_capacity(c, rows - 1);
      CHECK_FALSE(violations(graph, interval).empty());
    }
  }
}
