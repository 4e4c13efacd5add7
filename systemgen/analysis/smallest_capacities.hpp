#pragma once

#include <cstdint>
#include <optional>

#include "core/diag/expected.hpp"
#include "systemgen/analysis/frame_interval.hpp"
#include "systemgen/analysis/frame_times.hpp"
#include "systemgen/analysis/timed_network.hpp"

namespace sluice {

/// What capacities have to keep.
enum class BufferGoal : std::uint8_t {
  throughput,  ///< interval and latency that the network has with buffers without bounds
  minimal,     ///< freedom from deadlock
};

struct BufferOptions {
  BufferGoal goal = BufferGoal::throughput;
  /// A longer interval that is enough for BufferGoal::throughput.
  std::optional<FrameInterval> interval;
  /// Latency is the cycle in which the last of these is done with the first frame; without any it does not matter.
  std::vector<EdgeActor> sinks;
  /// A longer latency that is enough for BufferGoal::throughput.
  std::optional<std::int64_t> latency;
  /// About how many nodes of firings the search for the least bits may look at, in all capacities that it tries. It
  /// takes the same on every machine: some 30 ns each.
  std::int64_t effort = 4'000'000;
};

struct BufferPlan {
  Capacities capacities;
  std::int64_t bits = 0;
  std::int64_t least_bits = 0;  ///< no capacities with fewer bits than these keep the goal

  [[nodiscard]] bool optimal() const { return bits == least_bits; }
};

/// Capacities with few bits in all that keep the goal; no channel can lose a row. Fixed ones stay.
///
/// Each channel first gets the fewest rows that do if all others are without bounds. Where that is not enough together,
/// there is a cycle of waiting firings that is too long for the interval, or a path that is too long for the latency,
/// and one of the channels whose credits are on it must have more rows: the storage dependences of Stuijk, Geilen and
/// Basten (Throughput-buffering trade-off exploration for cyclo-static and synchronous dataflow graphs, 2008). A greedy
/// descent along them gives a plan, of which each channel takes back what it can spare. The search for the least bits
/// asks for the cheapest capacities that meet all demands known so far, and adds those of the cycles that still stand
/// against them, until none does (implicit hitting sets: Moreno-Centeno and Karp, 2013), or until the limit of effort.
///
/// Refuses networks whose tokens alone, or with fixed capacities, are in a deadlock.
Expected<BufferPlan> smallest_capacities(const TimedNetwork& network, const BufferOptions& options);

}  // namespace sluice
