#include "systemgen/analysis/capacity_bounds.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

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

/// Some of a network's actors, and the channels between them.
struct Part {
  TimedNetwork network;
  Pace pace;
  std::vector<std::size_t> place;  // of the whole network's channels
};

/// What can lie on a cycle with credits of these channels alone: the actors on ways from their writers to their
/// readers.
Part around(const TimedNetwork& network, const std::vector<std::size_t>& channels, const Pace& pace) {
  std::vector<std::size_t> writers;
  std::vector<std::size_t> readers;
  for (const auto c : channels) {
    writers.push_back(network.channels[c].writer);
    for (const auto& reader : network.channels[c].readers) readers.push_back(reader.actor);
  }
  const auto after = reached(network, std::move(writers), true);
  const auto before = reached(network, std::move(readers), false);
  const auto inside = [&](std::size_t actor) { return after[actor] && before[actor]; };
  Part part{{}, {pace.interval, {}}, std::vector<std::size_t>(network.channels.size())};
  std::vector<std::size_t> place(network.actors.size());
  for (std::size_t a = 0; a < network.actors.size(); ++a) {
    if (!inside(a)) continue;
    place[a] = part.network.actors.size();
    part.network.actors.push_back(network.actors[a]);
    if (!pace.windows.empty()) part.pace.windows.push_back(pace.windows[a]);
  }
  for (std::size_t c = 0; c < network.channels.size(); ++c) {
    if (!inside(network.channels[c].writer)) continue;
    auto copy = network.channels[c];
    std::erase_if(copy.readers, [&](const auto& reader) { return !inside(reader.actor); });
    copy.writer = place[copy.writer];
    for (auto& reader : copy.readers) reader.actor = place[reader.actor];
    part.place[c] = part.network.channels.size();
    part.network.channels.push_back(std::move(copy));
  }
  return part;
}

/// Capacities of some channels while all others have no bounds.
class Trial {
 public:
  Trial(const TimedNetwork& network, const std::vector<std::size_t>& channels, const Pace& pace)
      : part_(around(network, channels, pace)),
        graph_(part_.network, PartialCapacities(part_.network.channels.size())) {}

  /// 0 rows: without bounds.
  void set(std::size_t channel, std::int64_t rows) { graph_.set_capacity(part_.place[channel], rows); }

  bool enough() {
    effort_ += graph_.node_count();
    return violations(graph_, part_.pace).empty();
  }

  /// The fewest rows of a channel that are enough with what the others have, if `below` are not and some are.
  std::int64_t fewest(std::size_t channel, std::int64_t below) {
    const auto enough_with = [&](std::int64_t rows) {
      set(channel, rows);
      return enough();
    };
    auto above = below + 1;
    for (std::int64_t step = 1; !enough_with(above); step *= 2) below = std::exchange(above, above + step);
    while (above - below > 1) {
      const auto middle = below + (above - below) / 2;
      (enough_with(middle) ? above : below) = middle;
    }
    return above;
  }

  [[nodiscard]] std::int64_t effort() const { return effort_; }

 private:
  Part part_;
  FiringGraph graph_;
  std::int64_t effort_ = 0;
};

std::vector<std::size_t> credit_channels(const FiringGraph& graph, const FiringPath& path) {
  std::set<std::size_t> channels;
  for (const auto edge : path) {
    const auto* gate = graph.gate(edge);
    if (gate && gate->kind == Gate::Kind::credit) channels.insert(gate->channel);
  }
  return {channels.begin(), channels.end()};
}

}  // namespace

std::vector<FiringPath> violations(const FiringGraph& graph, const Pace& pace) {
  const auto order = frame_order(graph);
  if (!order.cycle.empty()) return {order.cycle};
  if (pace.interval) {
    if (auto cycles = cycles_above(graph, order.nodes, *pace.interval); !cycles.empty()) return cycles;
  }
  return pace.windows.empty() ? std::vector<FiringPath>{} : late_paths(graph, order.nodes, pace.windows);
}

std::vector<Raise> raises(const TimedNetwork& network, const FiringGraph& graph, const FiringPath& path) {
  std::map<std::size_t, std::int64_t> rows;
  for (const auto index : path) {
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

std::int64_t least_alone(const TimedNetwork& network, std::size_t channel, const Pace& pace) {
  if (network.channels[channel].readers.empty()) return 1;  // nobody frees its rows, and its writer waits for nobody
  return Trial(network, {channel}, pace).fewest(channel, 0);
}

Demand demand(const TimedNetwork& network, const FiringGraph& graph, const FiringPath& path, const Pace& pace) {
  const auto channels = credit_channels(graph, path);
  Trial trial(network, channels, pace);
  for (const auto c : channels) trial.set(c, graph.capacities()[c]);
  Demand result;
  for (auto raise : raises(network, graph, path)) {
    trial.set(raise.channel, 0);
    if (!trial.enough()) continue;
    raise.rows = trial.fewest(raise.channel, graph.capacities()[raise.channel]);
    trial.set(raise.channel, raise.rows - 1);
    result.any_of.push_back(raise);
  }
  result.effort = trial.effort();
  return result;
}

}  // namespace sluice
