#pragma once

#include <vector>

#include "rtlgen/fsmd/actor.hpp"
#include "systemgen/control/system_rtl.hpp"
#include "systemgen/network/token_network.hpp"

namespace sluice {

/// A complete design: the network, its actors as hardware (in the order of `network.actors`), and what joins them.
struct Design {
  TokenNetwork network;
  std::vector<ActorRtl> actors;
  SystemRtl system;
};

/// All modules that were generated, for the netlist's verify.
Netlist netlist_of(const Design& design);

}  // namespace sluice
