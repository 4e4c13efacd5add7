#include "systemgen/control/plan_buffers.hpp"

#include "systemgen/control/merge_firings.hpp"
#include "systemgen/control/predict.hpp"
#include "systemgen/control/time_network.hpp"

namespace sluice {

Expected<TimedSystem> plan_buffers(TokenNetwork& network, const std::vector<Fsmd*>& fsmds, BufferGoal goal,
                                   std::optional<std::int64_t> stream_bits) {
  const auto in_turn = latency_in_turn(network, {fsmds.begin(), fsmds.end()});
  std::vector<std::size_t> draining;
  for (std::size_t i = 0; i < fsmds.size(); ++i) {
    // Units are shared between the cycles of an interval. A firing that waited may start in any of them.
    if (fsmds[i]->drains || fsmds[i]->nests.front().ii == 1) continue;
    fsmds[i]->drains = true;
    if (fsmds[i]->token_loops > 0) draining.push_back(i);
  }
  merge_firings(network, fsmds, draining, in_turn, stream_bits);
  return size_buffers(time_network(network, {fsmds.begin(), fsmds.end()}), goal, in_turn);
}

}  // namespace sluice
