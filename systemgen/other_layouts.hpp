#pragma once

#include <map>
#include <vector>

#include "systemgen/build_actor.hpp"
#include "systemgen/compose_design.hpp"
#include "systemgen/report/network_facts.hpp"

namespace sluice {

/// What a dataflow system would be if all of its streams had one layout: for each layout that would change some stream,
/// and that can walk through the banks of the actors, which stay as they are.
std::map<StreamLayout, LayoutFacts> other_layouts(const TokenNetwork& network, const std::vector<BuiltActor>& actors,
                                                  const ComposeOptions& options);

}  // namespace sluice
