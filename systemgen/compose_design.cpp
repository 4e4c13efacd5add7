#include "systemgen/compose_design.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "systemgen/control/dataflow.hpp"
#include "systemgen/control/plan_buffers.hpp"
#include "systemgen/control/sequential.hpp"
#include "systemgen/dump_levels.hpp"
#include "systemgen/network/names.hpp"

namespace sluice {

Expected<Lowered> compose_network(const TensorGraph& graph, std::vector<ScheduledKernel> scheduled,
                                  const StreamOrders& orders, Dumper& dumper) {
  std::vector<Kernel> kernels;
  for (auto& each : scheduled) kernels.push_back(std::move(each.kernel));
  dump(dumper, kernels);
  auto network = build_network(graph, std::move(kernels), orders);
  if (!network) return network.errors();
  if (auto errors = verify(*network); !errors.empty()) return errors;
  dump(dumper, *network);
  auto in_order_of_kernels = network->actors;  // nodes are made in it
  std::ranges::sort(in_order_of_kernels);
  Lowered lowered;
  for (const auto actor : network->actors) {
    const auto number = std::ranges::find(in_order_of_kernels, actor) - in_order_of_kernels.begin();
    lowered.numbers.push_back(static_cast<std::size_t>(number));
    auto& each = scheduled[lowered.numbers.back()];
    lowered.schedules.push_back({std::move(each.nests), std::move(each.lanes)});
  }
  lowered.network = std::move(*network);
  return lowered;
}

Expected<std::vector<BuiltActor>> bind_actors(const TokenNetwork& network, std::vector<ActorSchedule> schedules,
                                              const ActorOptions& options, ActorSeconds& seconds, Progress& progress) {
  std::vector<BuiltActor> actors;
  Diagnostics errors;
  for (const auto node : network.actors) {
    progress.stage(
        fmt::format("building actor {} of {}: {}", actors.size() + 1, network.actors.size(), network[node].name));
    auto& [nests, lanes] = schedules[actors.size()];
    auto actor = bind_actor(network[node].kernel, std::move(nests), options, seconds);
    if (actor) {
      actor->lanes = std::move(lanes);
      actors.push_back(std::move(*actor));
    } else {
      append(errors, actor.errors());
    }
  }
  if (!errors.empty()) return errors;
  return actors;
}

Expected<Design> compose(TokenNetwork network, std::vector<BuiltActor>& actors, const ComposeOptions& options,
                         ActorSeconds& seconds) {
  std::optional<TimedSystem> timed;
  if (options.order == ActorOrder::dataflow) {
    std::vector<Fsmd*> fsmds;
    for (auto& actor : actors) fsmds.push_back(&actor.fsmd);
    auto planned = plan_buffers(network, fsmds, options.buffers, options.stream_bits);
    if (!planned) return planned.errors();
    timed = std::move(*planned);
  }
  VerilogNames names;
  Design design;
  for (std::size_t i = 0; i < actors.size(); ++i) {
    const auto node = network.actors[i];
    const auto layouts = timed ? array_layouts(network, node, timed->capacities) : std::vector<ArrayLayout>();
    const bool is_there = !timed && !actors[i].rtl.module.name().empty();
    if (!is_there) {
      if (auto errors = generate_rtl(actors[i], network[node].kernel, layouts, seconds); !errors.empty()) return errors;
    }
    names.claim(actors[i].rtl.module.name());
    design.actors.push_back(actors[i].rtl);
  }
  const std::string top = names.claim(options.top);
  design.system = timed ? compose_dataflow(network, design.actors, std::move(*timed), top)
                        : compose_sequential(network, design.actors, top, options.order);
  design.network = std::move(network);
  if (auto errors = verify(netlist_of(design)); !errors.empty()) return errors;
  return design;
}

}  // namespace sluice
