#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "systemgen/analysis/capacity_bounds.hpp"

namespace sluice {

/// The capacities with the least bits that meet demands, each of which asks that one of its raises or more be granted.
/// Demands without a channel in common are met apart from one another. Answers are kept, so that further demands cost
/// only what they have to do with.
class CheapestChoice {
 public:
  /// `least` are the rows that every channel has at least.
  CheapestChoice(const TimedNetwork& network, Capacities least) : network_(&network), least_(std::move(least)) {}

  void add(std::vector<Raise> demand) { demands_.push_back(std::move(demand)); }

  /// None if `effort`, which it takes from for each choice that it looks at, is used up.
  std::optional<Capacities> solve(std::int64_t& effort);

 private:
  using Group = std::vector<std::size_t>;  // demands

  [[nodiscard]] std::vector<Group> groups() const;

  const TimedNetwork* network_;
  Capacities least_;
  std::vector<std::vector<Raise>> demands_;
  std::map<Group, std::vector<Raise>> solved_;
};

}  // namespace sluice
