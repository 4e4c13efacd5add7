#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "systemgen/analysis/timed_network.hpp"

namespace sluice {

/// What a gate's counter in hardware holds: slack, the pulses that came less those that the next firing needs. It
/// begins at `initial_slack`, grows by 1 with each pulse and falls by `steps[t]` when firing t of a frame starts; the
/// gate is open while it is at least 0.
struct GateTable {
  std::int64_t initial_slack = 0;
  std::vector<std::int64_t> steps;
  /// Bounds of the slack, whatever the actors' timing, as long as both sides respect their gates on this channel.
  std::int64_t least_slack = 0;
  std::int64_t greatest_slack = 0;

  bool operator==(const GateTable&) const = default;
};

/// The gate of a channel's reader, which counts the writer's firings. The writer can be no further ahead than the
/// capacity lets it: that bounds the slack.
GateTable token_gate(const TimedNetwork& network, const Capacities& capacities, std::size_t channel,
                     std::size_t reader);

/// The writer's gate for one of the channel's readers, which counts that reader's firings.
GateTable credit_gate(const TimedNetwork& network, const Capacities& capacities, std::size_t channel,
                      std::size_t reader);

}  // namespace sluice
