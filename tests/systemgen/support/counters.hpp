#pragma once

#include "systemgen/analysis/fire_times.hpp"
#include "systemgen/analysis/gate_table.hpp"

namespace sluice {

/// Steps a network cycle by cycle with the counters that the hardware has, up to `cycles` cycles. Checks that no
/// counter leaves the bounds of its table.
FiringTimes step_counters(const TimedNetwork& network, const Capacities& capacities, std::int64_t cycles);

}  // namespace sluice
