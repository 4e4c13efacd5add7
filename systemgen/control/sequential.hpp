#pragma once

#include <string>
#include <vector>

#include "rtlgen/fsmd/actor.hpp"
#include "systemgen/control/stages.hpp"
#include "systemgen/control/system_rtl.hpp"

namespace sluice {

/// The baseline systems (`--system=sequential` and `--system=staged`): for each frame a central controller receives all
/// inputs at once, starts the actors one after another or stage by stage, and sends all outputs at once. Each channel
/// is a buffer for the whole tensor; one that is read through several ports at the same time is kept in as many copies.
/// `actors[i]` is `network.actors[i]`.
SystemRtl compose_sequential(const TokenNetwork& network, const std::vector<ActorRtl>& actors, const std::string& top,
                             ActorOrder order = ActorOrder::sequential);

}  // namespace sluice
