#include "systemgen/analysis/channel_occupancy.hpp"

#include <doctest/doctest.h>

#include "tests/systemgen/support/random_timed_network.hpp"

using namespace sluice;

namespace {

/// Row by row and cycle by cycle, from the definition.
std::int64_t most_rows(const TimedNetwork& network, const FiringTimes& times, const TimedChannel& channel) {
  const auto& writes = times.starts[channel.writer];
  const auto frames = std::ssize(writes) / network.actors[channel.writer].firings;
  std::vector<int> changes(20000);
  for (std::int64_t row = 0; row < frames * channel.rows; ++row) {
    const auto of_frame = row % channel.rows;
    /// The first firing of the row's frame whose count includes it.
    const auto firing = [&](const std::vector<std::int64_t>& counts) {
      std::int64_t t = 0;
      while (counts[static_cast<std::size_t>(t)] <= of_frame) ++t;
      return static_cast<std::size_t>(row / channel.rows * std::ssize(counts) + t);
    };
    const auto opened = writes[firing(channel.opened)];
    std::int64_t freed = 0;
    for (const auto& reader : channel.readers)
      freed = std::max(freed, times.starts[reader.actor][firing(reader.freed)] + reader.credit_delay);
    if (freed <= opened) continue;
    ++changes.at(static_cast<std::size_t>(opened));
    --changes.at(static_cast<std::size_t>(freed));
  }
  std::int64_t now = 0;
  std::int64_t most = 0;
  for (const auto change : changes) most = std::max(most, now += change);
  return most;
}

}  // namespace

TEST_CASE("the occupancy of a channel is that of its rows and within its capacity") {
  std::mt19937 random(21);
  int full = 0;
  for (int seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    const auto capacities = generous_capacities(network, random);
    CAPTURE(to_string(network));
    const auto times = fire_times(network, capacities, 4);
    REQUIRE(times.has_value());
    for (std::size_t c = 0; c < network.channels.size(); ++c) {
      const auto most = greatest_occupancy(network, *times, c);
      CHECK(most == most_rows(network, *times, network.channels[c]));
      CHECK(most <= capacities[c]);
      full += most == capacities[c];
    }
  }
  CHECK(full > 100);
}
