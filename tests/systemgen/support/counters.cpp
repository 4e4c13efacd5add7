#include "tests/systemgen/support/counters.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace sluice {
namespace {

struct Counter {
  GateTable table;
  std::int64_t slack = 0;
  std::size_t actor = 0;
  std::size_t neighbour = 0;
  std::int64_t delay = 1;
  std::vector<std::int64_t> coming;  // cycles of pulses on their way
};

std::vector<Counter> counters(const TimedNetwork& network, const Capacities& capacities) {
  std::vector<Counter> result;
  for (std::size_t c = 0; c < network.channels.size(); ++c) {
    const auto& channel = network.channels[c];
    for (std::size_t r = 0; r < channel.readers.size(); ++r) {
      const auto& reader = channel.readers[r];
      const auto token = token_gate(network, capacities, c, r);
      const auto credit = credit_gate(network, capacities, c, r);
      result.push_back({token, token.initial_slack, reader.actor, channel.writer, reader.token_delay, {}});
      result.push_back({credit, credit.initial_slack, channel.writer, reader.actor, reader.credit_delay, {}});
    }
  }
  return result;
}

}  // namespace

FiringTimes step_counters(const TimedNetwork& network, const Capacities& capacities, std::int64_t cycles) {
  auto all = counters(network, capacities);
  FiringTimes times;
  times.starts.resize(network.actors.size());
  bool bounded = true;
  for (std::int64_t now = 0; now < cycles; ++now) {
    for (auto& counter : all) {
      counter.slack += std::erase(counter.coming, now);
      bounded = bounded && counter.slack >= counter.table.least_slack && counter.slack <= counter.table.greatest_slack;
    }
    for (std::size_t a = 0; a < network.actors.size(); ++a) {
      auto& starts = times.starts[a];
      const auto& actor = network.actors[a];
      if (!starts.empty() && now < starts.back() + actor.spacing) continue;
      if (std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.actor == a && each.slack < 0; }))
        continue;
      const auto t = static_cast<std::size_t>(std::ssize(starts) % actor.firings);
      for (auto& counter : all) {
        if (counter.actor == a) counter.slack -= counter.table.steps[t];
        if (counter.neighbour == a) counter.coming.push_back(now + counter.delay);
      }
      starts.push_back(now);
    }
  }
  CHECK(bounded);
  return times;
}

}  // namespace sluice
