#include "systemgen/describe.hpp"

#include <algorithm>

namespace sluice {
namespace {

/// Names of the actors whose results an actor reads, each once.
std::vector<std::string> read_actors(const TokenNetwork& network, TokenNetwork::NodeId actor) {
  std::vector<std::string> names;
  for (const auto edge : network.in_edges(actor)) {
    const auto& maker = network[network.source(edge)];
    const bool known = std::ranges::find(names, maker.name) != names.end();
    if (maker.kind == NetworkNode::Kind::actor && !known) names.push_back(maker.name);
  }
  return names;
}

}  // namespace

void describe(Report& report, const Design& design, const std::vector<BuiltActor>& actors, const RtlFiles& files,
              const Target& target, ActorOrder order, const std::optional<Device>& device) {
  const auto stage = stages(design.network, order);
  for (std::size_t i = 0; i < actors.size(); ++i) {
    const auto& kernel = design.network[design.network.actors[i]].kernel;
    const auto& rtl = actors[i].rtl;
    report.actors.push_back(
        {kernel.name, kernel.operation, kernel.onnx_nodes, read_actors(design.network, design.network.actors[i]),
         stage[i], kernel.macs, rtl.frame_cycles, dominant_ii(kernel, actors[i]), unit_counts(actors[i]),
         rtl.register_bits, rtl.memory_bits, binding_stats(kernel, actors[i].nests, actors[i].binding, target),
         actors[i].lanes, arrays_that_bound(kernel, actors[i].fsmd)});
  }
  report.area_unit = target.area_unit();
  report.memories = memories_of(design, actors);
  if (device) {
    std::vector<BindingStats> bindings;
    for (const auto& actor : report.actors) bindings.push_back(actor.binding);
    report.device = device->part;
    report.device_use = device_use(*device, bindings, report.memories);
  }
  if (design.system.timed) report.network = network_facts(design, report.actors);
  report.buffer_bits = design.system.memory_bits;
  report.predicted_latency = design.system.predicted_latency;
  report.predicted_interval = design.system.predicted_interval;
  report.top = design.system.top.name();
  report.ports = design.system.ports;
  report.files = files;
}

}  // namespace sluice
