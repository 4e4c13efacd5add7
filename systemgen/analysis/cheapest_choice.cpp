#include "systemgen/analysis/cheapest_choice.hpp"

#include <algorithm>
#include <numeric>
#include <queue>
#include <set>

namespace sluice {
namespace {

/// About what looking at a choice costs, in nodes of a graph that are looked at.
constexpr std::int64_t kEffortOfChoice = 20;

/// The representative of an item, in a forest of links towards representatives.
std::size_t find_root(std::vector<std::size_t>& link, std::size_t item) {
  while (link[item] != item) item = link[item] = link[link[item]];
  return item;
}

/// The demands of one group, with its own channels numbered from 0.
struct Puzzle {
  std::vector<std::size_t> channels;
  std::vector<std::int64_t> row_bits;
  std::vector<std::vector<Raise>> demands;
  Capacities least;
};

Puzzle puzzle(const TimedNetwork& network, const Capacities& least, const std::vector<std::vector<Raise>>& demands,
              const std::vector<std::size_t>& group) {
  std::map<std::size_t, std::size_t> number;
  Puzzle result;
  for (const auto d : group) {
    result.demands.push_back(demands[d]);
    for (auto& raise : result.demands.back()) {
      const auto [place, added] = number.emplace(raise.channel, number.size());
      if (added) {
        result.channels.push_back(raise.channel);
        result.row_bits.push_back(network.channels[raise.channel].row_bits);
        result.least.push_back(least[raise.channel]);
      }
      raise.channel = place->second;
    }
  }
  return result;
}

bool met(const std::vector<Raise>& demand, const Capacities& capacities) {
  return std::any_of(demand.begin(), demand.end(),
                     [&](const Raise& raise) { return capacities[raise.channel] >= raise.rows; });
}

/// The shortest demand that is not met; none if all are.
const std::vector<Raise>* unmet(const Puzzle& puzzle, const Capacities& capacities) {
  const std::vector<Raise>* shortest = nullptr;
  for (const auto& demand : puzzle.demands) {
    if (!met(demand, capacities) && (!shortest || demand.size() < shortest->size())) shortest = &demand;
  }
  return shortest;
}

/// Looks at capacities by their bits, from the least upwards.
std::optional<Capacities> cheapest(const Puzzle& puzzle, std::int64_t& effort) {
  using Entry = std::pair<std::int64_t, Capacities>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  std::set<Capacities> seen;
  open.emplace(0, puzzle.least);
  while (effort >= 0) {
    const auto [bits, capacities] = open.top();
    open.pop();
    effort -= kEffortOfChoice + std::ssize(puzzle.demands);
    const auto* demand = unmet(puzzle, capacities);
    if (!demand) return capacities;
    for (const auto& raise : *demand) {
      auto next = capacities;
      next[raise.channel] = raise.rows;
      const auto more = (raise.rows - capacities[raise.channel]) * puzzle.row_bits[raise.channel];
      if (seen.insert(next).second) open.emplace(bits + more, std::move(next));
    }
  }
  return {};
}

}  // namespace

std::vector<CheapestChoice::Group> CheapestChoice::groups() const {
  std::vector<std::size_t> link(least_.size());
  std::iota(link.begin(), link.end(), std::size_t{0});
  for (const auto& demand : demands_) {
    for (const auto& raise : demand) link[find_root(link, raise.channel)] = find_root(link, demand[0].channel);
  }
  std::map<std::size_t, Group> by_root;
  for (std::size_t d = 0; d < demands_.size(); ++d) by_root[find_root(link, demands_[d][0].channel)].push_back(d);
  std::vector<Group> result;
  for (auto& [root, group] : by_root) result.push_back(std::move(group));
  return result;
}

std::optional<Capacities> CheapestChoice::solve(std::int64_t& effort) {
  auto result = least_;
  for (const auto& group : groups()) {
    auto known = solved_.find(group);
    if (known == solved_.end()) {
      const auto of_group = puzzle(*network_, least_, demands_, group);
      const auto choice = cheapest(of_group, effort);
      if (!choice) return {};
      known = solved_.emplace(group, std::vector<Raise>{}).first;
      for (std::size_t i = 0; i < choice->size(); ++i) known->second.push_back({of_group.channels[i], (*choice)[i]});
    }
    for (const auto& raise : known->second) result[raise.channel] = raise.rows;
  }
  return result;
}

}  // namespace sluice
