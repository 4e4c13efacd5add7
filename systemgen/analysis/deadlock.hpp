#pragma once

#include "core/diag/diagnostic.hpp"
#include "systemgen/analysis/timed_network.hpp"

namespace sluice {

/// Firings of a frame that wait for one another in a circle, so that none of them ever starts; empty exactly if the
/// network never stops. No firing waits for one of a later frame, so a circle that passes from frame to frame would
/// have to come back: only circles within one frame can deadlock, and the network is free of it if the firings of one
/// frame can be put in order.
Diagnostics find_deadlock(const TimedNetwork& network, const Capacities& capacities);

}  // namespace sluice
