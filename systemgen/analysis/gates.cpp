#include "systemgen/analysis/gates.hpp"

namespace sluice {

PeriodicCounts tokens_needed(const TimedChannel& channel, const TimedReader& reader) {
  const PeriodicCounts written{channel.written, channel.rows};
  PeriodicCounts result{{}, written.period()};
  for (const auto rows : reader.needed) result.values.push_back(1 + written.first_reaching(rows));
  return result;
}

PeriodicCounts credits_needed(const TimedChannel& channel, const TimedReader& reader, std::int64_t capacity) {
  const PeriodicCounts freed{reader.freed, channel.rows};
  PeriodicCounts result{{}, freed.period()};
  for (const auto rows : channel.opened) result.values.push_back(1 + freed.first_reaching(rows - capacity));
  return result;
}

std::vector<std::vector<Gate>> gates(const TimedNetwork& network, const Capacities& capacities) {
  std::vector<std::vector<Gate>> result(network.actors.size());
  const auto add = [&](Gate gate) { result.at(gate.actor).push_back(std::move(gate)); };
  for (const auto kind : {Gate::Kind::token, Gate::Kind::credit}) {
    for (std::size_t c = 0; c < network.channels.size(); ++c) {
      const auto& channel = network.channels[c];
      for (std::size_t r = 0; r < channel.readers.size(); ++r) {
        const auto& reader = channel.readers[r];
        if (kind == Gate::Kind::token)
          add({kind, c, r, reader.actor, channel.writer, reader.token_delay, tokens_needed(channel, reader)});
        else
          add({kind, c, r, channel.writer, reader.actor, reader.credit_delay,
               credits_needed(channel, reader, capacities.at(c))});
      }
    }
  }
  return result;
}

}  // namespace sluice
