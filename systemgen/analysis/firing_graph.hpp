#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "systemgen/analysis/blocked_cycle.hpp"
#include "systemgen/analysis/frame_interval.hpp"
#include "systemgen/analysis/gates.hpp"

namespace sluice {

/// start(target) in a frame >= start(source) so many frames before it + delay.
struct FiringEdge {
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  std::uint32_t source = kNone;  ///< node; kNone where nothing is waited for
  std::uint32_t target = 0;      ///< node
  std::int64_t delay = 0;        ///< cycles
  std::int64_t frames = 0;       ///< at least 0
};

/// Edges by index, each from the target of the one before.
using FiringPath = std::vector<std::uint32_t>;

/// The first edge comes from the target of the last one.
using FiringCycle = FiringPath;

/// A node for each firing of a frame of each actor, and an edge for each thing that it waits for: the homogeneous form
/// of a cyclo-static network. Its in-edges have fixed places, so that a capacity can be changed.
class FiringGraph {
 public:
  FiringGraph(const TimedNetwork& network, const PartialCapacities& capacities);

  void set_capacity(std::size_t channel, std::int64_t rows);
  /// Of each channel; 0 where nothing bounds it.
  [[nodiscard]] const Capacities& capacities() const { return capacities_; }

  [[nodiscard]] std::uint32_t node_count() const { return static_cast<std::uint32_t>(actor_of_.size()); }
  /// The in-edges of a node are those from first_edge(node) to before first_edge(node + 1).
  [[nodiscard]] std::uint32_t first_edge(std::uint32_t node) const { return first_edge_[node]; }
  [[nodiscard]] const FiringEdge& edge(std::uint32_t index) const { return edges_[index]; }

  [[nodiscard]] std::uint32_t node(std::size_t actor, std::int64_t firing) const {
    return first_node_[actor] + static_cast<std::uint32_t>(firing);
  }
  [[nodiscard]] std::size_t actor(std::uint32_t node) const { return actor_of_[node]; }
  [[nodiscard]] std::int64_t firing(std::uint32_t node) const { return node - first_node_[actor_of_[node]]; }
  /// None where it is the spacing of an actor.
  [[nodiscard]] const Gate* gate(std::uint32_t edge) const;

  /// What the firings on a cycle wait for.
  [[nodiscard]] std::vector<Wait> waits(const FiringCycle& cycle) const;

 private:
  void set_edges(std::size_t actor, std::size_t gate);

  const TimedNetwork* network_;
  Capacities capacities_;
  std::vector<std::vector<Gate>> gates_;  // by actor
  std::vector<std::uint32_t> first_node_;
  std::vector<std::uint32_t> actor_of_;  // by node
  std::vector<std::uint32_t> first_edge_;
  std::vector<FiringEdge> edges_;
};

/// Nodes so that each comes after those that it waits for in the same frame, or a cycle of such edges: a deadlock.
struct FrameOrder {
  std::vector<std::uint32_t> nodes;
  FiringCycle cycle;  ///< empty if there is none
};
FrameOrder frame_order(const FiringGraph& graph);

/// Disjoint cycles whose delays have a sum above their frames times `interval`; none exactly if every actor can have a
/// frame in every interval. `order` are all nodes, best in the order of a frame, in which few rounds suffice.
/// Bellman-Ford's algorithm with a search for cycles of predecessors after each round (Cherkassky and Goldberg, 1999).
std::vector<FiringCycle> cycles_above(const FiringGraph& graph, const std::vector<std::uint32_t>& order,
                                      const FrameInterval& interval);

/// The sum of a cycle's delays over that of its frames, which must be above 0.
FrameInterval cycle_interval(const FiringGraph& graph, const FiringCycle& cycle);

}  // namespace sluice
