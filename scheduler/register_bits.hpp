#pragma once

#include <cstdint>

#include "scheduler/schedule.hpp"

namespace sluice {

/// Register bits times cycles of one iteration: each value's width for each cycle from the one after it is made to its
/// last use. Divided by ii, the bits that registers hold on average. A held result needs none through cycle ii - 1.
std::int64_t register_bit_cycles(const SchedulingProblem& problem, const Schedule& schedule);

}  // namespace sluice
