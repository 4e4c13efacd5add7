#pragma once

#include <cstdint>

#include "systemgen/control/stages.hpp"
#include "systemgen/schedule_kernel.hpp"

namespace sluice {

/// What a kernel takes for a frame as it is built, in cycles.
struct BuiltCycles {
  std::int64_t iterations = 0;  ///< of all nests, at their intervals
  std::int64_t drain = 0;       ///< to fill and drain the pipelines

  [[nodiscard]] std::int64_t all() const { return iterations + drain; }
};

/// From its start to its end; in a dataflow system, from one frame to the next.
BuiltCycles built_cycles(const ScheduledKernel& built, ActorOrder order);

}  // namespace sluice
