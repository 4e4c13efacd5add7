#include "systemgen/analysis/deadlock.hpp"

#include <doctest/doctest.h>

#include "systemgen/analysis/fire_times.hpp"
#include "tests/systemgen/support/random_timed_network.hpp"

using namespace sluice;

TEST_CASE("a deadlock is found exactly where execution stops") {
  std::mt19937 random(41);
  int stopped = 0;
  for (int seed = 0; seed < 1000; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    Capacities capacities;
    for (const auto& channel : network.channels)
      capacities.push_back(std::uniform_int_distribution<std::int64_t>(1, channel.rows + 2)(random));
    CAPTURE(to_string(network));
    const auto deadlock = find_deadlock(network, capacities);
    const auto times = fire_times(network, capacities, 2);
    CHECK(deadlock.empty() == times.has_value());
    if (!times) {
      ++stopped;
      CHECK(times.errors()[0].what.starts_with("deadlock: "));
      CHECK(deadlock[0].what.starts_with("deadlock: "));
      CHECK_FALSE(deadlock[0].hint.empty());
    }
  }
  CHECK(stopped > 100);
  CHECK(stopped < 900);
}

TEST_CASE("a residual branch that is too short deadlocks: the channel and who waits are named") {
  // The sum needs row t of both ways, but each of three windows holds back a row.
  const TimedNetwork network{
      {{"source", 8, 1}, {"conv1", 8, 1}, {"conv2", 8, 1}, {"conv3", 8, 1}, {"sum", 8, 1}},
      {row_channel("x", 8, 0, {window_reader(1, 8, 8, 3, 1, 1), window_reader(4, 8, 8, 1, 1, 0)}),
       row_channel("y", 8, 1, {window_reader(2, 8, 8, 3, 1, 1)}),
       row_channel("z", 8, 2, {window_reader(3, 8, 8, 3, 1, 1)}),
       row_channel("w", 8, 3, {window_reader(4, 8, 8, 1, 1, 0)})}};
  CHECK(find_deadlock(network, {4, 3, 3, 1}).empty());
  const auto found = find_deadlock(network, {3, 3, 3, 1});
  REQUIRE(found.size() == 1);
  CHECK(found[0].hint == "give more rows to x");
  for (const auto* wait : {"sum (firing 0) waits for conv3 (firing 0) to write rows of w",
                           "conv3 (firing 0) waits for conv2 (firing 1) to write rows of z",
                           "conv2 (firing 1) waits for conv1 (firing 2) to write rows of y",
                           "conv1 (firing 2) waits for source (firing 3) to write rows of x",
                           "source (firing 3) waits for sum (firing 0) to free rows of x, which has 3"}) {
    CAPTURE(found[0].what);
    CHECK(found[0].what.find(wait) != std::string::npos);
  }
}
