#pragma once

#include <optional>
#include <vector>

#include "systemgen/analysis/firing_graph.hpp"

namespace sluice {

/// The cycles that stand against an interval; without one, those of a deadlock. Some disjoint ones, none exactly if
/// there is none.
std::vector<FiringCycle> violations(const FiringGraph& graph, const std::optional<FrameInterval>& interval);

/// More rows for a channel.
struct Raise {
  std::size_t channel = 0;
  std::int64_t rows = 0;
};

/// By channel without a fixed capacity, the fewest rows with which a cycle's credits change. Capacities that are
/// enough, and not below the graph's, give at least one of these channels so many: otherwise the cycle would still be
/// there.
std::vector<Raise> raises(const TimedNetwork& network, const FiringGraph& graph, const FiringCycle& cycle);

/// What one channel of some must have at least, whatever all others have.
struct Demand {
  std::vector<Raise> any_of;
  std::int64_t effort = 0;  ///< nodes of the graphs that were looked at
};

/// A demand that a cycle makes, as strong as can be: each of the channels has as many rows less one, and is free of
/// bounds where that changes nothing, and still not enough.
Demand demand(const TimedNetwork& network, const FiringGraph& graph, const FiringCycle& cycle,
              const std::optional<FrameInterval>& interval);

/// The fewest rows of a channel that do if all others are without bounds. There must be some.
std::int64_t least_alone(const TimedNetwork& network, std::size_t channel,
                         const std::optional<FrameInterval>& interval);

}  // namespace sluice
