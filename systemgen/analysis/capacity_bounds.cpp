#include "systemgen/analysis/capacity_bounds.hpp"

#include <algorithm>
#include <map>

namespace sluice {
namespace {

/// The actors from which one of `starts` can be reached along channels, or that can be reached from it.
std::vector<bool> reached(const TimedNetwork& network, std::vector<std::size_t> starts, bool forward) {
  std::vector<std::vector<std::size_t>> next(network.actors.size());
  for (const auto& channel : network.channels) {
    for (const auto& reader : channel.readers) {
      if (forward)
        next[channel.writer].push_back(reader.actor);
      else
        next[reader.actor].push_back(channel.writer);
    }
  }
  std::vector<bool> found(network.actors.size(), false);
  while (!starts.empty()) {
    const auto actor = starts.back();
    starts.pop_back();
    if (found[actor]) continue;
    found[actor] = true;
    starts.insert(starts.end(), next[actor].begin(), next[actor].end());
  }
  return found;
}

/// What can lie on a cycle with a credit of the channel if no other has bounds: the actors on ways from its writer to
/// its readers. The channel becomes the first.
TimedNetwork around(const TimedNetwork& network, std::size_t channel) {
  std::vector<std::size_t> readers;
  for (const auto& reader : network.channels[channel].readers) readers.push_back(reader.actor);
  const auto after = reached(network, {network.channels[channel].writer}, true);
  const auto before = reached(network, readers, false);
  TimedNetwork part;
  std::vector<std::size_t> place(network.actors.size());
  for (std::size_t a = 0; a < network.actors.size(); ++a) {
    if (!after[a] || !before[a]) continue;
    place[a] = part.actors.size();
    part.actors.push_back(network.actors[a]);
  }
  const auto inside = [&](std::size_t actor) { return after[actor] && before[actor]; };
  for (std::size_t c = 0; c < network.channels.size(); ++c) {
    auto copy = network.channels[c];
    if (!inside(copy.writer)) continue;
    std::erase_if(copy.readers, [&](const auto& reader) { return !inside(reader.actor); });
    copy.writer = place[copy.writer];
    for (auto& reader : copy.readers) reader.actor = place[reader.actor];
    part.channels.insert(c == channel ? part.channels.begin() : part.channels.end(), std::move(copy));
  }
  return part;
}

}  // namespace

std::vector<FiringCycle> violations(const FiringGraph& graph, const std::optional<FrameInterval>& interval) {
  const auto order = frame_order(graph);
  if (!order.cycle.empty()) return {order.cycle};
  return interval ? cycles_above(graph, order.nodes, *interval) : std::vector<FiringCycle>{};
}

std::vector<Raise> raises(const TimedNetwork& network, const FiringGraph& graph, const FiringCycle& cycle) {
  std::map<std::size_t, std::int64_t> rows;
  for (const auto index : cycle) {
    const auto* gate = graph.gate(index);
    if (!gate || gate->kind != Gate::Kind::credit) continue;
    const auto& channel = network.channels[gate->channel];
    if (channel.fixed_capacity) continue;
    const auto& reader = channel.readers[gate->reader];
    const auto& edge = graph.edge(index);
    const auto awaited = graph.firing(edge.source) - edge.frames * network.actors[reader.actor].firings;
    const PeriodicCounts opened{channel.opened, channel.rows};
    const PeriodicCounts freed{reader.freed, channel.rows};
    // Enough to wait only for the firing before.
    const auto changed = opened.at(graph.firing(edge.target)) - freed.at(awaited - 1);
    const auto [place, added] = rows.emplace(gate->channel, changed);
    place->second = std::min(place->second, changed);
  }
  std::vector<Raise> result;
  for (const auto& [channel, least] : rows) result.push_back({channel, least});
  return result;
}

std::int64_t least_alone(const TimedNetwork& network, std::size_t channel,
                         const std::optional<FrameInterval>& interval) {
  const auto part = around(network, channel);
  FiringGraph graph(part, PartialCapacities(part.channels.size()));
  const auto enough = [&](std::int64_t rows) {
    graph.set_capacity(0, rows);
    return violations(graph, interval).empty();
  };
  std::int64_t above = 1;
  while (!enough(above)) above *= 2;
  std::int64_t below = above / 2;  // not enough
  while (above - below > 1) {
    const auto middle = below + (above - below) / 2;
    (enough(middle) ? above : below) = middle;
  }
  return above;
}

}  // namespace sluice
