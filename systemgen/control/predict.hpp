#pragma once

#include <vector>

#include "rtlgen/fsmd/actor.hpp"
#include "systemgen/control/system_rtl.hpp"
#include "systemgen/network/token_network.hpp"

namespace sluice {

/// Sets the predicted cycles of a sequential system from its ports and its actors' cycles and stages.
void predict_sequential(SystemRtl& system, const std::vector<ActorRtl>& actors, const std::vector<std::size_t>& stages);

/// The latency of a sequential system of such actors, one after another. `fsmds` are in the order of `network.actors`.
std::int64_t latency_in_turn(const TokenNetwork& network, const std::vector<const Fsmd*>& fsmds);

}  // namespace sluice
