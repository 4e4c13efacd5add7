#pragma once

#include <string>
#include <vector>

#include "rtlgen/fsmd/actor.hpp"
#include "systemgen/control/system_rtl.hpp"

namespace sluice {

/// The baseline system (`--system=sequential`): for each frame a central controller receives all inputs at once, starts
/// the actors one after another, and sends all outputs at once. Each channel is a buffer for the whole tensor; one that
/// is read through several ports at the same time is kept in as many copies. `actors[i]` is `network.actors[i]`.
SystemRtl compose_sequential(const TokenNetwork& network, const std::vector<ActorRtl>& actors, const std::string& top);

}  // namespace sluice
