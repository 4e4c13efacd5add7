#pragma once

#include <cstddef>
#include <cstdint>

#include "systemgen/analysis/fire_times.hpp"

namespace sluice {

/// The most rows of a channel that are in use at once, from the cycles alone in which firings start. A row is in use
/// from the cycle in which the writer's firing starts that opens it, until the cycle in which the writer may use the
/// credit of the last reader's firing that frees it (the reader's start + credit_delay), that cycle not included. With
/// a capacity, times that `verify` accepts never exceed it. Works on a prediction and on the log of a simulation.
std::int64_t greatest_occupancy(const TimedNetwork& network, const FiringTimes& times, std::size_t channel);

}  // namespace sluice
