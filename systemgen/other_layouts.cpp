#include "systemgen/other_layouts.hpp"

#include "systemgen/analysis/steady_state.hpp"
#include "systemgen/control/plan_buffers.hpp"

namespace sluice {
namespace {

/// Whether that changes anything.
bool give(TokenNetwork& network, StreamLayout layout) {
  bool changed = false;
  for (const auto* ports : {&network.inputs, &network.outputs}) {
    for (const auto node : *ports) {
      const auto order = stream_order(layout, network[node].type.shape);
      changed |= order != network[node].order;
      network[node].order = order;
    }
  }
  return changed;
}

/// Everyone that reads a channel has a copy of it.
std::int64_t bits_of(const TokenNetwork& network, const TimedSystem& timed) {
  std::int64_t bits = 0;
  for (const auto edge : network.edges()) {
    const auto channel = network[edge].channel.index();
    bits += timed.capacities[channel] * timed.network.channels[channel].row_bits;
  }
  return bits;
}

}  // namespace

std::map<StreamLayout, LayoutFacts> other_layouts(const TokenNetwork& network, const std::vector<BuiltActor>& actors,
                                                  const ComposeOptions& options) {
  std::map<StreamLayout, LayoutFacts> others;
  if (options.order != ActorOrder::dataflow) return others;
  for (const auto layout : {StreamLayout::row_major, StreamLayout::channels_last}) {
    TokenNetwork other = network;
    if (!give(other, layout) || !verify(other).empty()) continue;
    std::vector<Fsmd> fsmds;
    for (const auto& actor : actors) fsmds.push_back(actor.fsmd);
    std::vector<Fsmd*> pointers;
    for (auto& fsmd : fsmds) pointers.push_back(&fsmd);
    const auto timed = plan_buffers(other, pointers, options.buffers, options.stream_bits);
    if (timed) others[layout] = {bits_of(other, *timed), slowest_interval(timed->network)};
  }
  return others;
}

}  // namespace sluice
