#pragma once

#include <cstdint>
#include <vector>

#include "scheduler/schedule.hpp"

namespace sluice {

/// Where each operation can start if there are as many units as wanted and iterations don't overlap.
struct Bounds {
  std::vector<Slot> asap;  ///< as soon as possible; the phase is the earliest in that cycle
  std::vector<Slot> alap;  ///< as late as the length allows; the phase is the latest in that cycle
  int length = 1;          ///< least length of one iteration

  /// Cycles by which the operation can be moved without making the iteration longer.
  [[nodiscard]] int slack(OperationId id) const { return alap[id.index()].cycle - asap[id.index()].cycle; }
};

/// Longest paths forwards and backwards, with chaining. Of a problem that `verify` accepts and that isn't too slow for
/// its period.
Bounds find_bounds(const SchedulingProblem& problem);

/// Each operation's place in the order of urgency, 0 first: by the latest start (among operations that could start in
/// one cycle that is least slack), then by the latest phase (the longer path behind), then by number.
std::vector<std::uint32_t> urgency_ranks(const Bounds& bounds);

}  // namespace sluice
