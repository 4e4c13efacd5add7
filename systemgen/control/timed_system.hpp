#pragma once

#include <vector>

#include "systemgen/analysis/frame_times.hpp"
#include "systemgen/analysis/timed_network.hpp"

namespace sluice {

/// A dataflow system's time. Actors are numbered: input ports, the network's actors, output ports; channels as in the
/// network.
struct TimedSystem {
  TimedNetwork network;
  Capacities capacities;
  std::vector<EdgeActor> sources;  ///< begin with the first beat of a frame
  std::vector<EdgeActor> sinks;    ///< are done with the last
  std::int64_t least_bits = 0;     ///< no capacities with fewer bits than these keep the goal they were chosen for
};

/// The cycles in which frames pass, the first from cycle 0 on; inputs always offered, outputs always taken.
std::vector<FrameTimes> predicted_frames(const TimedSystem& system, std::int64_t frames);

}  // namespace sluice
