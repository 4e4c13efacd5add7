#pragma once

#include <string>
#include <vector>

#include "systemgen/build_actor.hpp"
#include "systemgen/network/token_network.hpp"
#include "systemgen/output/dump.hpp"

namespace sluice {

/// Refuses a name that is neither a pass's, nor a stage's that is dumped, nor "all", nor empty.
Diagnostics check_dump_name(const std::string& name);

/// Each level as text, JSON or Graphviz, if the user wants to see it.
void dump(Dumper& dumper, const std::string& stage, const TensorGraph& graph);
void dump(Dumper& dumper, const std::string& pass, const Kernel& kernel);
void dump(Dumper& dumper, const std::vector<Kernel>& kernels);                                  ///< stage "lower"
void dump(Dumper& dumper, const TokenNetwork& network);                                         ///< stage "network"
void dump(Dumper& dumper, const TokenNetwork& network, const std::vector<BuiltActor>& actors);  ///< stage "schedule"

}  // namespace sluice
