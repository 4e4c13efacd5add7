#include "core/graph/difference_constraints.hpp"

#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace sluice {
namespace {

constexpr std::size_t kNone = ~std::size_t{0};

/// Relaxes constraints until nothing changes or the constraints that raised variables last close a cycle.
class Relaxation {
 public:
  Relaxation(std::size_t variables, const std::vector<DifferenceConstraint>& constraints)
      : constraints_(constraints), first_(variables + 1, 0), out_(constraints.size()), raised_by_(variables, kNone) {
    for (const auto& constraint : constraints) ++first_[constraint.from + 1];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    auto next = first_;
    for (std::size_t i = 0; i < constraints.size(); ++i) out_[next[constraints[i].from]++] = i;
    solution_.values.assign(variables, 0);
  }

  DifferenceSolution run() {
    const auto order = depth_first_order();
    for (int round = 0; sweep(order); ++round) {
      if (round > 0 && find_cycle()) {
        solution_.values.clear();
        break;
      }
    }
    return std::move(solution_);
  }

 private:
  /// Variables so that, along a tree of constraints from each root, later ones come later: reverse postorder.
  [[nodiscard]] std::vector<std::size_t> depth_first_order() const {
    const std::size_t count = raised_by_.size();
    std::vector<std::size_t> order;
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    std::vector<bool> seen(count, false);
    std::vector<std::size_t> path;
    for (std::size_t root = count; root-- > 0;) {
      if (seen[root]) continue;
      seen[root] = true;
      path.push_back(root);
      while (!path.empty()) {
        const std::size_t at = path.back();
        if (next[at] == first_[at + 1]) {
          order.push_back(at);
          path.pop_back();
          continue;
        }
        const std::size_t to = constraints_[out_[next[at]++]].to;
        if (seen[to]) continue;
        seen[to] = true;
        path.push_back(to);
      }
    }
    std::reverse(order.begin(), order.end());
    return order;
  }

  bool sweep(const std::vector<std::size_t>& order) {
    bool changed = false;
    for (const auto from : order) {
      for (std::size_t k = first_[from]; k < first_[from + 1]; ++k) {
        const auto& constraint = constraints_[out_[k]];
        const std::int64_t value = solution_.values[from] + constraint.least;
        if (value <= solution_.values[constraint.to]) continue;
        solution_.values[constraint.to] = value;
        raised_by_[constraint.to] = out_[k];
        changed = true;
      }
    }
    return changed;
  }

  bool find_cycle() {
    std::vector<std::size_t> walk(raised_by_.size(), kNone);
    for (std::size_t start = 0; start < walk.size(); ++start) {
      std::size_t at = start;
      while (walk[at] == kNone && raised_by_[at] != kNone) {
        walk[at] = start;
        at = constraints_[raised_by_[at]].from;
      }
      if (walk[at] != start || raised_by_[at] == kNone) continue;
      const std::size_t head = at;
      do {
        solution_.cycle.push_back(raised_by_[at]);
        at = constraints_[raised_by_[at]].from;
      } while (at != head);
      std::reverse(solution_.cycle.begin(), solution_.cycle.end());
      return true;
    }
    return false;
  }

  const std::vector<DifferenceConstraint>& constraints_;
  std::vector<std::size_t> first_;  // of each variable's constraints in out_
  std::vector<std::size_t> out_;
  std::vector<std::size_t> raised_by_;  // the constraint that gave each variable its value
  DifferenceSolution solution_;
};

}  // namespace

DifferenceSolution least_values(std::size_t variables, const std::vector<DifferenceConstraint>& constraints) {
  return Relaxation(variables, constraints).run();
}

DifferenceSolution least_cost_values(const std::vector<DifferenceConstraint>& constraints,
                                     const std::vector<std::int64_t>& costs) {
  using Graph = lemon::StaticDigraph;
  // StaticDigraph takes arcs sorted by their source.
  std::vector<std::size_t> sorted(constraints.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](auto a, auto b) { return constraints[a].from < constraints[b].from; });
  std::vector<std::pair<int, int>> arcs;
  for (const auto i : sorted)
    arcs.emplace_back(static_cast<int>(constraints[i].from), static_cast<int>(constraints[i].to));
  Graph graph;
  graph.build(static_cast<int>(costs.size()), arcs.begin(), arcs.end());

  Graph::ArcMap<std::int64_t> cost(graph);
  for (std::size_t k = 0; k < sorted.size(); ++k) cost[graph.arc(static_cast<int>(k))] = -constraints[sorted[k]].least;
  Graph::NodeMap<std::int64_t> supply(graph);
  for (std::size_t i = 1; i < costs.size(); ++i) supply[graph.node(static_cast<int>(i))] = -costs[i];
  supply[graph.node(0)] = std::accumulate(costs.begin() + 1, costs.end(), std::int64_t{0});

  using Simplex = lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t>;
  Simplex simplex(graph);
  if (simplex.costMap(cost).supplyMap(supply).run() != Simplex::OPTIMAL) {
    if (auto least = least_values(costs.size(), constraints); !least.feasible()) return least;
    throw std::logic_error("difference constraints: the costs have no least sum");
  }
  DifferenceSolution solution;
  const std::int64_t origin = simplex.potential(graph.node(0));
  for (std::size_t i = 0; i < costs.size(); ++i) {
    solution.values.push_back(origin - simplex.potential(graph.node(static_cast<int>(i))));
  }
  return solution;
}

}  // namespace sluice
