#pragma once

#include <string>
#include <vector>

#include "systemgen/build_actor.hpp"
#include "systemgen/network/token_network.hpp"
#include "systemgen/output/dump.hpp"

namespace sluice {

/// Each level as text, JSON or Graphviz, if the user wants to see it.
void dump(Dumper& dumper, const std::string& stage, const TensorGraph& graph);
void dump(Dumper& dumper, const std::string& pass, const Kernel& kernel);
void dump(Dumper& dumper, const std::vector<Kernel>& kernels);                                  ///< stage "lower"
void dump(Dumper& dumper, const TokenNetwork& network);                                         ///< stage "network"
void dump(Dumper& dumper, const TokenNetwork& network, const std::vector<BuiltActor>& actors);  ///< stage "schedule"

}  // namespace sluice
