#pragma once

#include <cstdint>
#include <optional>

#include "core/diag/expected.hpp"
#include "systemgen/analysis/frame_interval.hpp"
#include "systemgen/analysis/timed_network.hpp"

namespace sluice {

/// What capacities have to keep.
enum class BufferGoal : std::uint8_t {
  throughput,  ///< the interval that the network has with buffers without bounds: the slowest actor's
  minimal,     ///< freedom from deadlock
};

struct BufferOptions {
  BufferGoal goal = BufferGoal::throughput;
  /// A longer interval that is enough for BufferGoal::throughput.
  std::optional<FrameInterval> interval;
  /// How much work the search for the least bits may take: nodes of firings times capacities tried. What it takes is
  /// the same on every machine.
  std::int64_t effort = 1'000'000;
};

struct BufferPlan {
  Capacities capacities;
  /// The search ended: no capacities with fewer bits keep the goal.
  bool optimal = false;
};

/// Capacities with few bits in all that keep the goal; no channel can lose a row. Fixed ones stay.
///
/// Each channel first gets the fewest rows that do if all others are without bounds. Where that is not enough together,
/// there is a cycle of waiting firings that is too long, and one of the channels whose credits are on it must have more
/// rows: the storage dependences of Stuijk, Geilen and Basten (Throughput-buffering trade-off exploration for
/// cyclo-static and synchronous dataflow graphs, 2008). A greedy descent along them gives a plan; from that every
/// channel takes back what it can spare. A best-first search along all of them ends with the least bits, or stops at
/// the limit of effort.
///
/// Refuses networks whose tokens alone, or with fixed capacities, are in a deadlock.
Expected<BufferPlan> smallest_capacities(const TimedNetwork& network, const BufferOptions& options);

}  // namespace sluice
