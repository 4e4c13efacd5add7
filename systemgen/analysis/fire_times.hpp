#pragma once

#include <cstdint>
#include <vector>

#include "core/diag/expected.hpp"
#include "systemgen/analysis/timed_network.hpp"

namespace sluice {

/// The cycle in which each firing starts: predicted, or the log of a simulation (which may have stopped early, so that
/// some actors have fewer firings).
struct FiringTimes {
  std::vector<std::vector<std::int64_t>> starts;  ///< by actor, by firing over all frames

  bool operator==(const FiringTimes&) const = default;
};

/// Executes `frames` frames of a valid network: each firing as early as it can be, exactly as the hardware does when
/// inputs are always offered and outputs always taken. Needs time in proportion to the firings and their gates. Where
/// the network deadlocks, the diagnostic says who waits for whom.
Expected<FiringTimes> fire_times(const TimedNetwork& network, const Capacities& capacities, std::int64_t frames);

/// Firings that start before the definition in TimedNetwork allows it.
Diagnostics verify(const TimedNetwork& network, const Capacities& capacities, const FiringTimes& times);

}  // namespace sluice
