#pragma once

#include <cstddef>
#include <vector>

#include "systemgen/network/token_network.hpp"

namespace sluice {

/// When a central controller lets actors run.
enum class ActorOrder : std::uint8_t {
  sequential,  ///< one after another
  staged,      ///< as soon as all actors of the stage before are done: those that don't need each other together
  dataflow,    ///< there is none: each by itself, as soon as its data is there
};

/// The stage of each actor of the network, from 0 on. Not sequential: one more than the latest that it reads from.
std::vector<std::size_t> stages(const TokenNetwork& network, ActorOrder order);

}  // namespace sluice
