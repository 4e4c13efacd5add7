#include "systemgen/control/timed_system.hpp"

namespace sluice {

std::vector<FrameTimes> predicted_frames(const TimedSystem& system, std::int64_t frames) {
  const auto times = fire_times(system.network, system.capacities, frames);
  if (!times) return {};  // a deadlock, which is found before anything is built
  return frame_times(system.network, *times, system.sources, system.sinks);
}

}  // namespace sluice
