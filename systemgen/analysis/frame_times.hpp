#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "systemgen/analysis/fire_times.hpp"

namespace sluice {

/// An actor at the network's edge, and what happens how long after the start of one of its firings: the first firing
/// of a frame for a source, the last one for a sink.
struct EdgeActor {
  std::size_t actor = 0;
  std::int64_t delay = 0;  ///< cycles
};

/// When one frame passes through the network.
struct FrameTimes {
  std::int64_t begin = 0;  ///< cycle in which the first source begins with it
  std::int64_t end = 0;    ///< cycle in which the last sink is done with it

  /// Cycles from the beginning to the end.
  [[nodiscard]] std::int64_t latency() const { return end - begin; }

  bool operator==(const FrameTimes&) const = default;
};

/// All frames that every source has begun and every sink has finished, in order. The interval before frame f is
/// end(f) - end(f - 1).
std::vector<FrameTimes> frame_times(const TimedNetwork& network, const FiringTimes& times,
                                    const std::vector<EdgeActor>& sources, const std::vector<EdgeActor>& sinks);

}  // namespace sluice
