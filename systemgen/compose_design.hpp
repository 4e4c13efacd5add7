#pragma once

#include <string>
#include <vector>

#include "systemgen/build_actor.hpp"
#include "systemgen/control/stages.hpp"
#include "systemgen/control/time_network.hpp"
#include "systemgen/output/design.hpp"
#include "systemgen/output/dump.hpp"
#include "systemgen/report/progress.hpp"

namespace sluice {

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

/// Level 4 to 8: joins the kernels of the graph's operators, behind ports with the given orders.
Expected<Lowered> compose_network(const TensorGraph& graph, std::vector<ScheduledKernel> scheduled,
                                  const StreamOrders& orders, Dumper& dumper);

/// Level 4 to 6: each kernel is bound.
Expected<std::vector<BuiltActor>> bind_actors(const TokenNetwork& network, std::vector<ActorSchedule> schedules,
                                              const ActorOptions& options, ActorSeconds& seconds, Progress& progress);

/// How the system joins its actors.
struct ComposeOptions {
  std::string top;  ///< wanted name
  ActorOrder order = ActorOrder::dataflow;
  BufferGoal buffers = BufferGoal::throughput;   ///< of a dataflow system
  std::optional<std::int64_t> stream_bits = {};  ///< of a dataflow system's beats; none: as its interval needs
};

/// Level 6 to 7: chooses the channels' rows and buffers and generates the actors for them, then the network and its
/// actors become one design.
Expected<Design> compose(TokenNetwork network, std::vector<BuiltActor>& actors, const ComposeOptions& options,
                         ActorSeconds& seconds);

}  // namespace sluice
