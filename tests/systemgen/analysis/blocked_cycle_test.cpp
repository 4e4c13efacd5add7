#include "systemgen/analysis/blocked_cycle.hpp"

#include <doctest/doctest.h>

#include "systemgen/analysis/fire_times.hpp"
#include "tests/systemgen/support/counters.hpp"
#include "tests/systemgen/support/random_timed_network.hpp"

using namespace sluice;

TEST_CASE("where a network has stopped there is a circle of actors that wait, each for a firing that has not been") {
  std::mt19937 random(81);
  int stopped = 0;
  for (int seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {.actors = 4});
    Capacities capacities;
    for (const auto& channel : network.channels)
      capacities.push_back(std::uniform_int_distribution<std::int64_t>(1, channel.rows + 1)(random));
    if (fire_times(network, capacities, 1)) continue;
    ++stopped;
    const auto log = step_counters(network, capacities, 1000);
    std::vector<std::int64_t> fired;
    for (const auto& starts : log.starts) fired.push_back(std::ssize(starts));
    const auto cycle = blocked_cycle(network, capacities, fired);
    REQUIRE_FALSE(cycle.empty());
    bool full = false;
    for (std::size_t i = 0; i < cycle.size(); ++i) {
      CHECK(cycle[i].neighbour == cycle[(i + 1) % cycle.size()].actor);
      CHECK(cycle[i].firing == fired[cycle[i].actor]);
      CHECK(cycle[i].neighbour_firing >= fired[cycle[i].neighbour]);
      full = full || cycle[i].kind == Gate::Kind::credit;
    }
    CHECK(full);
  }
  CHECK(stopped > 30);
}

TEST_CASE("nobody waits in a circle while a network runs") {
  const TimedNetwork network{{{"a", 3, 1}, {"b", 3, 1}}, {row_channel("x", 3, 0, {window_reader(1, 3, 3, 1, 1, 0)})}};
  CHECK(blocked_cycle(network, {2}, {0, 0}).empty());
  CHECK(blocked_cycle(network, {2}, {2, 0}).empty());
  CHECK(blocked_cycle(network, {2}, {2, 2}).empty());
}
