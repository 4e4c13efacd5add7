#include "systemgen/verify/firing_log.hpp"

#include <doctest/doctest.h>

#include "tests/systemgen/support/random_timed_network.hpp"

using namespace sluice;

namespace {

/// A source, a reader of two rows for each of its own, and one of these.
TimedSystem chain() {
  TimedSystem system;
  system.network.actors = {{"in", 4, 5}, {"conv", 4, 7}, {"out", 4, 3}};
  system.network.channels = {row_channel("x", 4, 0, {window_reader(1, 4, 4, 3, 1, 1)}),
                             row_channel("y", 4, 1, {window_reader(2, 4, 4, 1, 1, 0)})};
  system.capacities = {4, 1};
  system.sinks = {{2, 0}};
  return system;
}

/// What a bench would log that began to send in cycle 20.
std::vector<std::vector<std::int64_t>> log_of(const TimedSystem& system, std::int64_t frames) {
  auto times = fire_times(system.network, system.capacities, frames);
  REQUIRE(times.has_value());
  for (auto& starts : times->starts) {
    for (auto& start : starts) start += 20;
  }
  times->starts[0][0] = 9;  // the source waits for nothing
  return times->starts;
}

}  // namespace

TEST_CASE("the log of what was predicted is right, whatever comes after the last frame") {
  for (unsigned seed = 0; seed < 30; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    TimedSystem system;
    system.network = random_timed_network(random, {});
    system.capacities = generous_capacities(system.network, random);
    system.sinks = last_actor(system.network);
    const auto times = fire_times(system.network, system.capacities, 4);
    REQUIRE(times.has_value());
    const auto three = firings_of(system, times->starts, 0, 3);
    CHECK(to_string(check_firings(system, three, 3, true)) == "");
    CHECK(!check_firings(system, three, 4, true).empty());
    CHECK(explain_stop(system, three, 3).empty());
  }
}

TEST_CASE("a log counts from the first beat on") {
  const auto system = chain();
  const auto times = firings_of(system, log_of(system, 2), 20, 2);
  CHECK(times == *fire_times(system.network, system.capacities, 2));
}

TEST_CASE("one firing that is late is found, and is right where streams pause") {
  const auto system = chain();
  auto times = *fire_times(system.network, system.capacities, 2);
  times.starts[2].back() += 1;
  CHECK(check_firings(system, times, 2, false).empty());
  const auto wrong = check_firings(system, times, 2, true);
  REQUIRE(wrong.size() == 1);
  CHECK(wrong[0].where == "out");
  CHECK(wrong[0].what.starts_with("firing 3 of frame 1 starts in cycle "));
}

TEST_CASE("a firing whose rows no output needs may come after the end") {
  // A pooling of two rows at a stride of three leaves out the last of four: its frame ends before row 3 is written.
  TimedSystem system;
  system.network.actors = {{"in", 4, 5}, {"pool", 1, 7}, {"out", 1, 3}};
  system.network.channels = {row_channel("x", 4, 0, {window_reader(1, 4, 1, 2, 3, 0)}),
                             row_channel("y", 1, 1, {window_reader(2, 1, 1, 1, 1, 0)})};
  system.capacities = {4, 1};
  system.sinks = {{2, 0}};
  auto times = *fire_times(system.network, system.capacities, 2);
  times.starts[0].resize(6);
  CHECK(to_string(check_firings(system, times, 2, true)) == "");
  times.starts[0].resize(5);
  const auto wrong = check_firings(system, times, 2, true);
  REQUIRE(wrong.size() >= 1);
  CHECK(wrong.back().where == "in");
  CHECK(wrong.back().what == "firing 1 of frame 1 never starts");
}

TEST_CASE("one firing that is early is wrong in any case") {
  const auto system = chain();
  auto times = *fire_times(system.network, system.capacities, 2);
  times.starts[1][0] = 0;
  const auto wrong = check_firings(system, times, 2, false);
  REQUIRE(!wrong.empty());
  CHECK(wrong[0].where == "conv");
}

TEST_CASE("a circle of waiting actors is named where a simulation stops") {
  auto system = chain();
  system.capacities = {1, 1};  // a window of three rows never fits
  FiringTimes times;
  times.starts = {{0}, {}, {}};
  const auto why = explain_stop(system, times, 1);
  REQUIRE(why.size() == 1);
  CHECK(why[0].what.find("in (firing 1) waits for conv (firing 1) to free rows of x, which has 1") !=
        std::string::npos);
  CHECK(why[0].what.find("conv (firing 0) waits for in (firing 1) to write rows of x") != std::string::npos);
}

TEST_CASE("an actor that got all it needs and does not start is named where a simulation stops") {
  const auto system = chain();
  FiringTimes times;
  times.starts = {{0, 5, 10, 15}, {}, {}};
  const auto why = explain_stop(system, times, 1);
  REQUIRE(why.size() == 1);
  CHECK(why[0].where == "conv");
  CHECK(why[0].what ==
        "firing 0 of frame 0 does not start, though all its neighbours' firings that it needs have; it is waited for "
        "by in to have room for rows of x, out to get rows of y");
}
