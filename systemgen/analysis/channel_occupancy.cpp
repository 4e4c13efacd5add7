#include "systemgen/analysis/channel_occupancy.hpp"

#include <algorithm>

#include "systemgen/analysis/periodic_counts.hpp"

namespace sluice {

std::int64_t greatest_occupancy(const TimedNetwork& network, const FiringTimes& times, std::size_t channel) {
  const auto& on = network.channels.at(channel);
  const auto& writes = times.starts.at(on.writer);
  const PeriodicCounts opened{on.opened, on.rows};
  std::int64_t most = 0;
  for (const auto& reader : on.readers) {
    const auto& reads = times.starts.at(reader.actor);
    const PeriodicCounts freed{reader.freed, on.rows};
    std::int64_t come = 0;  // credits
    // It grows only when the writer starts.
    for (std::int64_t n = 0; n < std::ssize(writes); ++n) {
      const auto now = writes[static_cast<std::size_t>(n)];
      while (come < std::ssize(reads) && reads[static_cast<std::size_t>(come)] + reader.credit_delay <= now) ++come;
      most = std::max(most, opened.at(n) - freed.at(come - 1));
    }
  }
  return most;
}

}  // namespace sluice
