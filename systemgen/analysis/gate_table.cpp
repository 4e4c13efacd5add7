#include "systemgen/analysis/gate_table.hpp"

#include <algorithm>

#include "systemgen/analysis/gates.hpp"

namespace sluice {
namespace {

/// `needed` are the pulses that the gate's own firings wait for, `answered` those that the neighbour's firings wait for
/// in turn. While firing n is the next, at most n of ours have sent theirs, so the neighbour has started those of its
/// firings that need no more than n, and no other.
GateTable gate_table(const PeriodicCounts& needed, const PeriodicCounts& answered) {
  GateTable table;
  table.initial_slack = -needed.at(0);
  table.least_slack = table.initial_slack;
  for (std::int64_t n = 0; n < needed.period(); ++n) {
    table.steps.push_back(needed.at(n + 1) - needed.at(n));
    table.least_slack = std::min(table.least_slack, -table.steps.back());
    table.greatest_slack = std::max(table.greatest_slack, answered.first_reaching(n + 1) - needed.at(n));
  }
  return table;
}

}  // namespace

GateTable token_gate(const TimedNetwork& network, const Capacities& capacities, std::size_t channel,
                     std::size_t reader) {
  const auto& on = network.channels.at(channel);
  const auto& by = on.readers.at(reader);
  return gate_table(tokens_needed(on, by), credits_needed(on, by, capacities.at(channel)));
}

GateTable credit_gate(const TimedNetwork& network, const Capacities& capacities, std::size_t channel,
                      std::size_t reader) {
  const auto& on = network.channels.at(channel);
  const auto& by = on.readers.at(reader);
  return gate_table(credits_needed(on, by, capacities.at(channel)), tokens_needed(on, by));
}

}  // namespace sluice
