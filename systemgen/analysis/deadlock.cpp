#include "systemgen/analysis/deadlock.hpp"

#include "systemgen/analysis/firing_graph.hpp"

namespace sluice {

Diagnostics find_deadlock(const TimedNetwork& network, const Capacities& capacities) {
  if (auto wrong = verify(network, capacities); !wrong.empty()) return wrong;
  const FiringGraph graph(network, {capacities.begin(), capacities.end()});
  const auto order = frame_order(graph);
  if (order.cycle.empty()) return {};
  return {explain(network, capacities, graph.waits(order.cycle))};
}

}  // namespace sluice
