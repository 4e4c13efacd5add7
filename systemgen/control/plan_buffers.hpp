#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/diag/expected.hpp"
#include "rtlgen/fsmd/fsmd.hpp"
#include "systemgen/analysis/smallest_capacities.hpp"
#include "systemgen/control/timed_system.hpp"
#include "systemgen/network/token_network.hpp"

namespace sluice {

/// Chooses the rows and buffers of a dataflow system's channels, as small as the actors' times allow, and the beats of
/// its streams, of `stream_bits` or such that they are not what is slowest. A tensor of which two frames or more are held is
/// one row then, if that makes no buffer or time larger but by little: fewer tokens need less to count them. `fsmds` are in the order of
/// `network.actors`; they come to their end before a firing where they must, and fire once a frame where that is
/// faster. Errors: a deadlock.
Expected<TimedSystem> plan_buffers(TokenNetwork& network, const std::vector<Fsmd*>& fsmds, BufferGoal goal,
                                   std::optional<std::int64_t> stream_bits);

}  // namespace sluice
