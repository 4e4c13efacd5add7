#include "systemgen/analysis/smallest_capacities.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "systemgen/analysis/capacity_bounds.hpp"
#include "systemgen/analysis/deadlock.hpp"
#include "systemgen/analysis/fire_times.hpp"
#include "systemgen/analysis/steady_state.hpp"
#include "tests/systemgen/support/random_timed_network.hpp"

using namespace sluice;

namespace {

/// With buffers so large that nothing waits for them.
Capacities plenty(const TimedNetwork& network) {
  Capacities capacities;
  for (const auto& channel : network.channels) capacities.push_back(channel.fixed_capacity.value_or(4 * channel.rows));
  return capacities;
}

std::int64_t first_latency(const TimedNetwork& network, const Capacities& capacities) {
  const auto times = fire_times(network, capacities, 1);
  REQUIRE(times.has_value());
  return frame_times(network, *times, {{0, 0}}, last_actor(network)).at(0).end;
}

bool keeps(const TimedNetwork& network, const Capacities& capacities, BufferGoal goal) {
  if (!find_deadlock(network, capacities).empty()) return false;
  if (goal == BufferGoal::minimal) return true;
  return steady_state(network, capacities)->interval == unbounded_state(network)->interval &&
         first_latency(network, capacities) == first_latency(network, plenty(network));
}

Pace pace_of(const TimedNetwork& network, BufferGoal goal) {
  if (goal == BufferGoal::minimal) return {};
  const auto sinks = last_actor(network);
  return {unbounded_state(network)->interval, start_windows(network, sinks, unbounded_latency(network, sinks))};
}

/// The least bits of all capacities up to a plan's bits, by trying all.
std::int64_t least_bits(const TimedNetwork& network, BufferGoal goal, Capacities capacities, std::size_t channel,
                        std::int64_t enough) {
  if (channel == capacities.size()) return keeps(network, capacities, goal) ? buffer_bits(network, capacities) : enough;
  for (capacities[channel] = 1; buffer_bits(network, capacities) < enough; ++capacities[channel])
    enough = std::min(enough, least_bits(network, goal, capacities, channel + 1, enough));
  return enough;
}

}  // namespace

TEST_CASE("capacities keep their goal, and no channel can lose a row") {
  std::mt19937 random(61);
  int optimal = 0;
  int plans = 0;
  for (int seed = 0; seed < 240; ++seed) {
    CAPTURE(seed);
    const bool large = seed % 4 == 0;
    const auto network = random_timed_network(random, {.actors = large ? 60 : 12, .rows = large ? 12 : 8});
    CAPTURE(to_string(network));
    for (const auto goal : {BufferGoal::throughput, BufferGoal::minimal}) {
      // Without the search that follows the descent, with some of it, with all that it usually takes.
      const auto plan =
          smallest_capacities(network, {.goal = goal, .sinks = last_actor(network), .effort = seed % 3 * 10'000});
      REQUIRE(plan.has_value());
      CHECK(plan->bits == buffer_bits(network, plan->capacities));
      CHECK(plan->bits >= plan->least_bits);
      CHECK(plan->bits <=
            smallest_capacities(network, {.goal = goal, .sinks = last_actor(network), .effort = 0})->bits);
      ++plans;
      optimal += plan->optimal();
      CHECK(keeps(network, plan->capacities, goal));
      for (std::size_t c = 0; c < network.channels.size(); ++c) {
        if (plan->capacities[c] == 1) continue;
        auto fewer = plan->capacities;
        --fewer[c];
        CHECK_FALSE(keeps(network, fewer, goal));
      }
    }
  }
  CHECK(optimal > plans / 2);
  CHECK(optimal < plans);
}

TEST_CASE("small networks get the least bits of all") {
  std::mt19937 random(62);
  int together = 0;  // how often the rows that each channel needs alone are not enough
  for (int seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {.actors = 3, .rows = 4});
    CAPTURE(to_string(network));
    for (const auto goal : {BufferGoal::throughput, BufferGoal::minimal}) {
      const auto plan = smallest_capacities(network, {.goal = goal, .sinks = last_actor(network)});
      const auto descent = smallest_capacities(network, {.goal = goal, .sinks = last_actor(network), .effort = 0});
      REQUIRE(plan.has_value());
      REQUIRE(descent.has_value());
      CHECK(plan->optimal());
      const auto bits = buffer_bits(network, plan->capacities);
      CHECK(plan->bits == bits);
      CHECK(descent->least_bits <= bits);
      CHECK(least_bits(network, goal, Capacities(network.channels.size(), 1), 0, bits) == bits);
      CHECK(static_cast<double>(buffer_bits(network, descent->capacities)) <= 1.35 * static_cast<double>(bits));
      Capacities alone;
      for (std::size_t c = 0; c < network.channels.size(); ++c)
        alone.push_back(least_alone(network, c, pace_of(network, goal)));
      together += buffer_bits(network, alone) < bits;
    }
  }
  CHECK(together > 8);
}

TEST_CASE("a longer interval needs no more bits, and is kept") {
  std::mt19937 random(63);
  int fewer = 0;
  for (int seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    auto interval = unbounded_state(network)->interval;
    const auto plan = smallest_capacities(network, {});
    interval = FrameInterval(interval.cycles * 3, interval.frames * 2);
    const auto longer = smallest_capacities(network, {.interval = interval});
    REQUIRE(plan.has_value());
    REQUIRE(longer.has_value());
    CHECK(steady_state(network, longer->capacities)->interval <= interval);
    if (!longer->optimal()) continue;
    CHECK(buffer_bits(network, longer->capacities) <= buffer_bits(network, plan->capacities));
    fewer += buffer_bits(network, longer->capacities) < buffer_bits(network, plan->capacities);
  }
  CHECK(fewer > 10);
}

TEST_CASE("a longer latency needs no more bits, and is kept") {
  std::mt19937 random(66);
  int fewer = 0;
  for (int seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    const auto sinks = last_actor(network);
    const auto plan = smallest_capacities(network, {.sinks = sinks});
    const auto latency = unbounded_latency(network, sinks) * 5 / 4;
    const auto longer = smallest_capacities(network, {.sinks = sinks, .latency = latency});
    REQUIRE(plan.has_value());
    REQUIRE(longer.has_value());
    CHECK(first_latency(network, longer->capacities) <= latency);
    if (!longer->optimal()) continue;
    CHECK(longer->bits <= plan->bits);
    fewer += longer->bits < plan->bits;
  }
  CHECK(fewer > 10);
}

TEST_CASE("a channel that nobody reads needs one row") {
  for (const auto goal : {BufferGoal::throughput, BufferGoal::minimal}) {
    TimedNetwork network{{{"a", 4, 10}, {"b", 4, 12}},
                         {row_channel("x", 4, 0, {window_reader(1, 4, 4, 3, 1, 1)}), row_channel("unread", 4, 1, {}),
                          row_channel("also unread", 4, 0, {})}};
    const auto plan = smallest_capacities(network, {.goal = goal, .sinks = last_actor(network)});
    REQUIRE(plan.has_value());
    CHECK(plan->capacities[0] > 1);
    CHECK(plan->capacities[1] == 1);
    CHECK(plan->capacities[2] == 1);
    CHECK(plan->optimal());
    CHECK(keeps(network, plan->capacities, goal));
  }
}

TEST_CASE("fixed capacities stay") {
  std::mt19937 random(64);
  int refused = 0;
  for (int seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    auto network = random_timed_network(random, {});
    for (auto& channel : network.channels) {
      const auto rows = std::uniform_int_distribution<std::int64_t>(1, 2 * channel.rows)(random);
      if (random() % 3 == 0) channel.fixed_capacity = rows;
    }
    for (const auto goal : {BufferGoal::throughput, BufferGoal::minimal}) {
      const auto plan = smallest_capacities(network, {.goal = goal, .sinks = last_actor(network)});
      CHECK(plan.has_value() == unbounded_state(network).has_value());
      if (!plan) {
        ++refused;
        CHECK(plan.errors()[0].what.starts_with("deadlock: "));
        continue;
      }
      CHECK(to_string(verify(network, plan->capacities)) == "");
      CHECK(keeps(network, plan->capacities, goal));
    }
  }
  CHECK(refused > 20);
}

TEST_CASE("a network of 200 actors is planned well within a second") {
  std::mt19937 random(65);
  const auto network = large_timed_network(random, 200, 32);
  const auto begin = std::chrono::steady_clock::now();
  const auto plan = smallest_capacities(network, {.sinks = last_actor(network)});
  REQUIRE(plan.has_value());
  const auto minimal = smallest_capacities(network, {.goal = BufferGoal::minimal});
  REQUIRE(minimal.has_value());
  const auto state = steady_state(network, plan->capacities);
  REQUIRE(state.has_value());
  CHECK(fire_times(network, plan->capacities, 8).has_value());
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  CHECK(keeps(network, plan->capacities, BufferGoal::throughput));
  CHECK(state->interval == FrameInterval(slowest_interval(network)));
  CHECK(keeps(network, minimal->capacities, BufferGoal::minimal));
  CHECK(plan->optimal());
  CHECK(minimal->optimal());
  MESSAGE(seconds.count(), " s");
  // About 0.2 s on one core of 2020; the limit is for a busy machine and a build with sanitizers.
  CHECK(seconds.count() < 10);
}
