#pragma once

#include "core/diag/expected.hpp"
#include "rtlgen/fsmd/fsmd.hpp"
#include "systemgen/analysis/smallest_capacities.hpp"
#include "systemgen/control/timed_system.hpp"
#include "systemgen/network/token_network.hpp"

namespace sluice {

/// The time of a network's actors and ports, without capacities. `fsmds` are the actors' in the order of
/// `network.actors`.
TimedSystem time_network(const TokenNetwork& network, const std::vector<const Fsmd*>& fsmds);

/// With the smallest capacities for the goal. Errors: a deadlock.
Expected<TimedSystem> size_buffers(TimedSystem system, BufferGoal goal);

/// How the arrays of one actor's kernel are stored in the channels, by array; circular where a channel has a capacity
/// other than a frame's rows. Without capacities each has a frame's.
std::vector<ArrayLayout> array_layouts(const TokenNetwork& network, TokenNetwork::NodeId actor,
                                       const Capacities& capacities);

}  // namespace sluice
