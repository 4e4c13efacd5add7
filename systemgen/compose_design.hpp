#pragma once

#include <string>
#include <vector>

#include "systemgen/build_actor.hpp"
#include "systemgen/control/stages.hpp"
#include "systemgen/output/design.hpp"
#include "systemgen/output/dump.hpp"
#include "systemgen/report/progress.hpp"

namespace sluice {

/// What a sequential system takes for a frame beside its kernels: an element a cycle in and out, and a cycle each from
/// the end of one to the start of the other.
std::int64_t stream_cycles(const TensorGraph& graph);

/// How one actor of a network does its kernel.
struct ActorSchedule {
  std::vector<ScheduledNest> nests;
  KernelLanes lanes;
};

/// A network of kernels.
struct Lowered {
  TokenNetwork network;
  std::vector<ActorSchedule> schedules;  ///< in the order of the network's actors
  std::vector<std::size_t> numbers;      ///< of each actor: which of the kernels it was
};

/// Level 4 to 8: joins the kernels of the graph's operators.
Expected<Lowered> compose_network(const TensorGraph& graph, std::vector<ScheduledKernel> scheduled, Dumper& dumper);

/// Level 4 to 7: each kernel becomes an actor.
Expected<std::vector<BuiltActor>> build_actors(const TokenNetwork& network, std::vector<ActorSchedule> schedules,
                                               const ActorOptions& options, ActorSeconds& seconds, Dumper& dumper,
                                               Progress& progress);

/// Level 8 to 7: the network and its actors become one design.
Expected<Design> compose(TokenNetwork network, const std::vector<BuiltActor>& built, const std::string& wanted_top,
                         ActorOrder order);

}  // namespace sluice
