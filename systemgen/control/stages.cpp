#include "systemgen/control/stages.hpp"

#include <algorithm>
#include <map>

namespace sluice {

std::vector<std::size_t> stages(const TokenNetwork& network, ActorOrder order) {
  std::vector<std::size_t> stages;
  std::map<TokenNetwork::NodeId, std::size_t> ends;  // of each actor: the first stage in which its results are there
  for (const auto actor : network.actors) {
    std::size_t stage = order == ActorOrder::sequential ? stages.size() : 0;
    for (const auto edge : network.in_edges(actor)) {
      const auto maker = ends.find(network.source(edge));
      if (maker != ends.end()) stage = std::max(stage, maker->second);
    }
    ends[actor] = stage + 1;
    stages.push_back(stage);
  }
  return stages;
}

}  // namespace sluice
