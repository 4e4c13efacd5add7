#include <algorithm>

#include "systemgen/analysis/firing_graph.hpp"

namespace sluice {
namespace {

class LongestPaths {
 public:
  LongestPaths(const FiringGraph& graph, const FrameInterval& interval)
      : graph_(&graph),
        interval_(interval),
        length_(graph.node_count(), 0),
        last_(graph.node_count(), FiringEdge::kNone) {}

  /// Whether any path became longer.
  bool lengthen(const std::vector<std::uint32_t>& order) {
    bool longer = false;
    for (const auto node : order) {
      for (auto e = graph_->first_edge(node); e < graph_->first_edge(node + 1); ++e) {
        const auto& edge = graph_->edge(e);
        if (edge.source == FiringEdge::kNone) continue;
        const auto length = length_[edge.source] + edge.delay * interval_.frames - edge.frames * interval_.cycles;
        if (length <= length_[node]) continue;
        length_[node] = length;
        last_[node] = e;
        longer = true;
      }
    }
    return longer;
  }

  /// The cycles of the paths' last edges. A path goes around only where that makes it longer.
  [[nodiscard]] std::vector<FiringCycle> cycles() const {
    std::vector<FiringCycle> found;
    std::vector<std::uint32_t> seen_from(length_.size(), FiringEdge::kNone);
    for (std::uint32_t first = 0; first < length_.size(); ++first) {
      auto node = first;
      while (seen_from[node] == FiringEdge::kNone) {
        seen_from[node] = first;
        if (last_[node] == FiringEdge::kNone) break;
        node = graph_->edge(last_[node]).source;
      }
      if (seen_from[node] == first && last_[node] != FiringEdge::kNone) found.push_back(cycle_through(node));
    }
    return found;
  }

 private:
  [[nodiscard]] FiringCycle cycle_through(std::uint32_t node) const {
    FiringCycle cycle;
    for (auto on = node; cycle.empty() || on != node; on = graph_->edge(last_[on]).source) cycle.push_back(last_[on]);
    std::reverse(cycle.begin(), cycle.end());
    return cycle;
  }

  const FiringGraph* graph_;
  FrameInterval interval_;
  std::vector<std::int64_t> length_;
  std::vector<std::uint32_t> last_;  // edge of the longest path to a node
};

}  // namespace

std::vector<FiringCycle> cycles_above(const FiringGraph& graph, const std::vector<std::uint32_t>& order,
                                      const FrameInterval& interval) {
  LongestPaths paths(graph, interval);
  while (paths.lengthen(order)) {
    if (auto cycles = paths.cycles(); !cycles.empty()) return cycles;
  }
  return {};
}

FrameInterval cycle_interval(const FiringGraph& graph, const FiringCycle& cycle) {
  std::int64_t cycles = 0;
  std::int64_t frames = 0;
  for (const auto index : cycle) {
    cycles += graph.edge(index).delay;
    frames += graph.edge(index).frames;
  }
  return FrameInterval(cycles, frames);
}

}  // namespace sluice
