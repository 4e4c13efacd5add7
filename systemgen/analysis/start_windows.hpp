#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "systemgen/analysis/firing_graph.hpp"
#include "systemgen/analysis/frame_times.hpp"

namespace sluice {

/// When a firing of the first frame starts: never before `soonest`, and not after `latest` if the frame has to end in
/// time.
struct StartWindow {
  std::int64_t soonest = 0;
  std::int64_t latest = std::numeric_limits<std::int64_t>::max();
};

/// By actor, by firing of a frame.
using StartWindows = std::vector<std::vector<StartWindow>>;

/// Cycles until the last of the sinks is done with the first frame, if buffers have no bounds, but for fixed ones.
/// The network must not deadlock.
std::int64_t unbounded_latency(const TimedNetwork& network, const std::vector<EdgeActor>& sinks);

/// The windows in which the first frame's firings must start so that all sinks are done after `latency` cycles, as far
/// as tokens alone say. Any actors of a network can be looked at apart with their windows, if all ways between them are
/// among them: the windows stand for what comes before and after.
StartWindows start_windows(const TimedNetwork& network, const std::vector<EdgeActor>& sinks, std::int64_t latency);

/// Paths on which credits make a firing of the first frame start after its window, from a firing that starts as soon as
/// tokens let it; of each actor at most that of the firing that is late by most. None exactly if all are in time.
/// `order` is the frame's.
std::vector<FiringPath> late_paths(const FiringGraph& graph, const std::vector<std::uint32_t>& order,
                                   const StartWindows& windows);

}  // namespace sluice
