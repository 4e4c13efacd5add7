#include "systemgen/analysis/blocked_cycle.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <set>

namespace sluice {
namespace {

std::string wait_text(const TimedNetwork& network, const Capacities& capacities, const Wait& wait) {
  const auto& channel = network.channels[wait.channel];
  const auto& actor = network.actors[wait.actor];
  const auto& neighbour = network.actors[wait.neighbour];
  const auto who = fmt::format("{} (firing {}) waits for {} (firing {})", actor.name, wait.firing % actor.firings,
                               neighbour.name, wait.neighbour_firing % neighbour.firings);
  if (wait.kind == Gate::Kind::token) return fmt::format("{} to write rows of {}", who, channel.name);
  return fmt::format("{} to free rows of {}, which has {}", who, channel.name, capacities[wait.channel]);
}

}  // namespace

std::vector<Wait> blocked_cycle(const TimedNetwork& network, const Capacities& capacities,
                                const std::vector<std::int64_t>& fired) {
  std::vector<std::optional<Wait>> waits(network.actors.size());
  for (const auto& of_actor : gates(network, capacities)) {
    for (const auto& gate : of_actor) {
      const auto needed = gate.needed.at(fired[gate.actor]);
      if (needed > fired[gate.neighbour])
        waits[gate.actor] = {gate.actor, fired[gate.actor], gate.kind, gate.channel, gate.neighbour, needed - 1};
    }
  }
  std::vector<bool> seen(waits.size(), false);
  for (std::size_t first = 0; first < waits.size(); ++first) {
    auto actor = first;
    std::vector<Wait> path;
    std::vector<std::size_t> place(waits.size(), 0);  // in the path, from 1
    while (waits[actor] && !seen[actor]) {
      seen[actor] = true;
      path.push_back(*waits[actor]);
      place[actor] = path.size();
      actor = waits[actor]->neighbour;
    }
    if (place[actor] > 0) return {path.begin() + static_cast<std::ptrdiff_t>(place[actor]) - 1, path.end()};
  }
  return {};
}

Diagnostic explain(const TimedNetwork& network, const Capacities& capacities, const std::vector<Wait>& cycle) {
  std::vector<std::string> texts;
  std::set<std::string> full;
  for (const auto& wait : cycle) {
    texts.push_back(wait_text(network, capacities, wait));
    if (wait.kind == Gate::Kind::credit) full.insert(network.channels[wait.channel].name);
  }
  return {network.actors[cycle.front().actor].name, fmt::format("deadlock: {}", fmt::join(texts, "; ")),
          full.empty() ? "" : fmt::format("give more rows to {}", fmt::join(full, " or "))};
}

}  // namespace sluice
