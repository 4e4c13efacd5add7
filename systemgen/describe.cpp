#include "systemgen/describe.hpp"

namespace sluice {

void describe(Report& report, const Design& design, const std::vector<BuiltActor>& actors, const RtlFiles& files,
              const Target& target) {
  for (std::size_t i = 0; i < actors.size(); ++i) {
    const auto& kernel = design.network[design.network.actors[i]].kernel;
    const auto& rtl = actors[i].rtl;
    report.actors.push_back({kernel.name, kernel.operation, kernel.onnx_nodes, kernel.macs, rtl.frame_cycles,
                             dominant_ii(kernel, actors[i]), unit_counts(actors[i]), rtl.register_bits, rtl.memory_bits,
                             binding_stats(kernel, actors[i].nests, actors[i].binding, target)});
  }
  report.area_unit = target.area_unit();
  report.memories = memories_of(design, actors);
  report.buffer_bits = design.system.memory_bits;
  report.predicted_latency = design.system.predicted_latency;
  report.predicted_interval = design.system.predicted_interval;
  report.top = design.system.top.name();
  report.ports = design.system.ports;
  report.files = files;
}

}  // namespace sluice
