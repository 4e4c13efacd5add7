#include "systemgen/analysis/frame_times.hpp"

#include <doctest/doctest.h>

#include "tests/systemgen/support/random_timed_network.hpp"

using namespace sluice;

TEST_CASE("a frame lasts from its first source's first firing to its last sink's last") {
  TimedNetwork network{{{"a", 3, 4}, {"b", 3, 2}}, {row_channel("x", 3, 0, {window_reader(1, 3, 3, 1, 1, 0)})}};
  network.channels[0].readers[0].token_delay = 5;
  const auto times = fire_times(network, {4}, 3);
  REQUIRE(times.has_value());
  // a: 0 4 8 | 12 16 20 | ..., b five cycles after it.
  const std::vector<FrameTimes> expected{{1, 20}, {13, 32}, {25, 44}};
  const auto frames = frame_times(network, *times, {{0, 1}}, {{0, 2}, {1, 7}});
  CHECK(frames == expected);
  CHECK(frames[1].latency() == 19);

  auto stopped = *times;
  stopped.starts[1].resize(8);
  CHECK(frame_times(network, stopped, {{0, 1}}, {{1, 7}}).size() == 2);
}
