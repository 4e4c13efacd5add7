#pragma once

#include <string>
#include <vector>

#include "rtlgen/fsmd/actor.hpp"
#include "systemgen/control/system_rtl.hpp"

namespace sluice {

/// The dataflow system: every actor and port has a controller of its own, which lets it fire when its neighbours'
/// pulses say that its rows are there and that there is room for its results. Each channel is a circular buffer of as
/// many rows as `timed` says, in a copy for each reader. `actors[i]` is `network.actors[i]`, built for these buffers.
SystemRtl compose_dataflow(const TokenNetwork& network, const std::vector<ActorRtl>& actors, TimedSystem timed,
                           const std::string& top);

}  // namespace sluice
