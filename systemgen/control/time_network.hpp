#pragma once

#include "core/diag/expected.hpp"
#include "rtlgen/fsmd/fsmd.hpp"
#include "systemgen/analysis/smallest_capacities.hpp"
#include "systemgen/control/timed_system.hpp"
#include "systemgen/network/choose_rows.hpp"

namespace sluice {

/// Streams that are not slower than the slowest actor, or with beats of so many bits.
StreamGoal stream_goal(const TokenNetwork& network, const std::vector<const Fsmd*>& fsmds,
                       std::optional<std::int64_t> bits);

/// The time of a network's actors and ports, without capacities. `fsmds` are the actors' in the order of
/// `network.actors`.
TimedSystem time_network(const TokenNetwork& network, const std::vector<const Fsmd*>& fsmds);

/// With the smallest capacities for the goal. For throughput, the first frame may take up to a hundredth longer than
/// with buffers without bounds, but less than `latency_in_turn` cycles, those of the same actors one after another,
/// wherever it does without bounds. Errors: a deadlock.
Expected<TimedSystem> size_buffers(TimedSystem system, BufferGoal goal, std::int64_t latency_in_turn);

/// How the arrays of one actor's kernel are stored in the channels, by array; circular where a channel has a capacity
/// other than a frame's rows. Without capacities each has a frame's.
std::vector<ArrayLayout> array_layouts(const TokenNetwork& network, TokenNetwork::NodeId actor,
                                       const Capacities& capacities);

}  // namespace sluice
