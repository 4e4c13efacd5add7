#pragma once

#include <cstddef>
#include <vector>

#include "core/diag/expected.hpp"
#include "systemgen/analysis/frame_interval.hpp"
#include "systemgen/analysis/timed_network.hpp"

namespace sluice {

/// What a network settles to.
struct SteadyState {
  FrameInterval interval;  ///< of frames, on average
  /// What bounds it: the actors on a critical cycle, and the channels whose tokens or credits they wait for on it. A
  /// single actor without channels is busy all the time.
  std::vector<std::size_t> actors;
  std::vector<std::size_t> channels;
};

/// The interval of the slowest actor alone: the most firings times spacing.
std::int64_t slowest_interval(const TimedNetwork& network);

/// The interval at which frames follow one another, exactly: the maximum over the cycles of what firings wait for of
/// cycles by frames (Reiter, 1968). Found by going from one cycle above the interval to the next (Lawler, 1976, with
/// the cycle's own ratio instead of a bisection). A network that deadlocks has none.
Expected<SteadyState> steady_state(const TimedNetwork& network, const Capacities& capacities);

/// The same with buffers without bounds, but for fixed ones.
Expected<SteadyState> unbounded_state(const TimedNetwork& network);

}  // namespace sluice
