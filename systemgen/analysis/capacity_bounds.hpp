#pragma once

#include <optional>
#include <vector>

#include "systemgen/analysis/firing_graph.hpp"
#include "systemgen/analysis/start_windows.hpp"

namespace sluice {

/// What capacities have to keep besides freedom from deadlock.
struct Pace {
  std::optional<FrameInterval> interval;
  StartWindows windows;  ///< of the first frame; empty: it may take as long as it likes
};

/// The cycles of a deadlock; if there is none, those that stand against the interval; if none does, paths that end
/// after a window. Some of them, none exactly if there is none.
std::vector<FiringPath> violations(const FiringGraph& graph, const Pace& pace);

/// More rows for a channel.
struct Raise {
  std::size_t channel = 0;
  std::int64_t rows = 0;
};

/// By channel without a fixed capacity, the fewest rows with which a path's credits change. Capacities that are
/// enough, and not below the graph's, give at least one of these channels so many: otherwise the path would still be
/// there.
std::vector<Raise> raises(const TimedNetwork& network, const FiringGraph& graph, const FiringPath& path);

/// What one channel of some must have at least, whatever all others have.
struct Demand {
  std::vector<Raise> any_of;
  std::int64_t effort = 0;  ///< nodes of the graphs that were looked at
};

/// A demand that a path makes, as strong as can be: each of the channels has as many rows less one, and is free of
/// bounds where that changes nothing, and still not enough.
Demand demand(const TimedNetwork& network, const FiringGraph& graph, const FiringPath& path, const Pace& pace);

/// The fewest rows of a channel that do if all others are without bounds. There must be some.
std::int64_t least_alone(const TimedNetwork& network, std::size_t channel, const Pace& pace);

}  // namespace sluice
