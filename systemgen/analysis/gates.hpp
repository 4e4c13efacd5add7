#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "systemgen/analysis/periodic_counts.hpp"
#include "systemgen/analysis/timed_network.hpp"

namespace sluice {

/// What an actor waits for on one channel: pulses of a neighbour, one for each of its firings.
struct Gate {
  enum class Kind : std::uint8_t { token, credit };
  Kind kind = Kind::token;
  std::size_t channel = 0;
  std::size_t reader = 0;     ///< of the channel: the one that waits for tokens, or that sends credits
  std::size_t actor = 0;      ///< that waits
  std::size_t neighbour = 0;  ///< the actor that sends
  std::int64_t delay = 1;     ///< cycles from the start of the neighbour's firing to the first start that it allows
  PeriodicCounts needed;      ///< pulses that must have come before firing n; at most 0 where none is waited for
};

/// The pulses that the reader's firings need of the writer.
PeriodicCounts tokens_needed(const TimedChannel& channel, const TimedReader& reader);

/// The pulses that the writer's firings need of the reader, in a buffer of `capacity` rows.
PeriodicCounts credits_needed(const TimedChannel& channel, const TimedReader& reader, std::int64_t capacity);

/// The gates of each actor: channel by channel those for tokens, then those for credits.
std::vector<std::vector<Gate>> gates(const TimedNetwork& network, const Capacities& capacities);

}  // namespace sluice
