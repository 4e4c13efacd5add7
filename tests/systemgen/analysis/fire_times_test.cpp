#include "systemgen/analysis/fire_times.hpp"

#include <doctest/doctest.h>

#include "systemgen/analysis/smallest_capacities.hpp"
#include "tests/systemgen/support/counters.hpp"
#include "tests/systemgen/support/random_timed_network.hpp"

using namespace sluice;

TEST_CASE("two actors with one row between them take turns") {
  TimedNetwork network{{{"a", 3, 4}, {"b", 3, 2}}, {row_channel("x", 3, 0, {window_reader(1, 3, 3, 1, 1, 0)})}};
  network.channels[0].readers[0].token_delay = 5;
  network.channels[0].readers[0].credit_delay = 3;
  const auto times = fire_times(network, {1}, 2);
  REQUIRE(times.has_value());
  CHECK(times->starts[0] == std::vector<std::int64_t>{0, 8, 16, 24, 32, 40});
  CHECK(times->starts[1] == std::vector<std::int64_t>{5, 13, 21, 29, 37, 45});
}

TEST_CASE("firing times are those of counters that are stepped cycle by cycle") {
  std::mt19937 random(11);
  int stopped = 0;
  for (int seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {.actors = 5});
    auto capacities = generous_capacities(network, random);
    if (seed % 2 == 1) {
      for (auto& each : capacities) each = std::max<std::int64_t>(1, each / 4);
    }
    CAPTURE(to_string(network));
    const auto times = fire_times(network, capacities, 3);
    const auto stepped = step_counters(network, capacities, 2500);
    if (!times) {
      // It does stop: nothing fires in the last cycles, and not all of three frames has.
      ++stopped;
      bool complete = true;
      for (std::size_t a = 0; a < network.actors.size(); ++a) {
        const auto& starts = stepped.starts[a];
        complete = complete && std::ssize(starts) >= 3 * network.actors[a].firings;
        CHECK((starts.empty() || starts.back() < 2000));
      }
      CHECK_FALSE(complete);
      continue;
    }
    for (std::size_t a = 0; a < network.actors.size(); ++a) {
      REQUIRE(stepped.starts[a].size() >= times->starts[a].size());
      for (std::size_t n = 0; n < times->starts[a].size(); ++n) CHECK(times->starts[a][n] == stepped.starts[a][n]);
    }
    CHECK(to_string(verify(network, capacities, *times)) == "");
  }
  CHECK(stopped > 20);
}

TEST_CASE("a firing that starts a cycle too early is found") {
  std::mt19937 random(12);
  for (int seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {.actors = 3});
    const auto capacities = seed % 2 == 0 ? generous_capacities(network, random)
                                          : smallest_capacities(network, {.goal = BufferGoal::minimal})->capacities;
    const auto times = fire_times(network, capacities, 2);
    REQUIRE(times.has_value());
    for (std::size_t a = 0; a < network.actors.size(); ++a) {
      auto early = *times;
      const auto n = std::uniform_int_distribution<std::size_t>(0, early.starts[a].size() - 1)(random);
      --early.starts[a][n];
      CHECK_FALSE(verify(network, capacities, early).empty());
    }
  }
}

TEST_CASE("a deadlock names the circle of actors and the channels that are full") {
  // b needs two rows at once where one fits.
  const TimedNetwork network{{{"a", 3, 1}, {"b", 2, 1}}, {row_channel("x", 3, 0, {window_reader(1, 3, 2, 2, 1, 0)})}};
  const auto times = fire_times(network, {1}, 1);
  REQUIRE_FALSE(times.has_value());
  CHECK(to_string(times.errors()[0]) ==
        "a: deadlock: a (firing 1) waits for b (firing 0) to free rows of x, which has 1; b (firing 0) waits for a "
        "(firing "
        "1) to write rows of x (give more rows to x)");
}
