#include "core/graph/assignment.hpp"

#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace sluice {
namespace {

/// What one left node costs that stays alone: more than any assignment of all others can save.
std::int64_t cost_of_staying_alone(std::size_t left_count, const std::vector<AssignmentOption>& options) {
  std::int64_t dearest = 0;
  for (const auto& option : options) dearest = std::max(dearest, option.cost);
  return (dearest + 1) * (static_cast<std::int64_t>(left_count) + 1);
}

}  // namespace

std::vector<std::optional<std::size_t>> min_cost_assignment(std::size_t left_count, std::size_t right_count,
                                                            const std::vector<AssignmentOption>& options) {
  std::vector<std::optional<std::size_t>> partner(left_count);
  if (left_count == 0 || options.empty()) return partner;
  if (left_count == 1) {
    partner[0] = std::min_element(options.begin(), options.end(), [](const auto& a, const auto& b) {
                   return a.cost < b.cost;
                 })->right;
    return partner;
  }
  // Each left node sends one unit of flow, each right node takes at most one, the last node all that stays alone.
  const auto node = [](std::size_t index) { return static_cast<int>(index); };
  const std::size_t alone = left_count + right_count;
  std::vector<std::pair<int, int>> ends;
  std::vector<std::int64_t> costs;
  ends.reserve(options.size() + left_count);
  std::vector<AssignmentOption> ordered = options;  // a static graph wants its arcs by their tails
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.left < b.left; });
  std::vector<std::size_t> rights;
  const std::int64_t alone_cost = cost_of_staying_alone(left_count, options);
  auto next = ordered.begin();
  for (std::size_t left = 0; left < left_count; ++left) {
    for (; next != ordered.end() && next->left == left; ++next) {
      ends.emplace_back(node(left), node(left_count + next->right));
      costs.push_back(next->cost);
      rights.push_back(next->right);
    }
    ends.emplace_back(node(left), node(alone));
    costs.push_back(alone_cost);
    rights.push_back(right_count);
  }
  using Graph = lemon::StaticDigraph;
  Graph graph;
  graph.build(node(alone + 1), ends.begin(), ends.end());
  Graph::ArcMap<std::int64_t> cost(graph);
  Graph::NodeMap<std::int64_t> supply(graph);
  for (std::size_t arc = 0; arc < costs.size(); ++arc) cost[graph.arc(node(arc))] = costs[arc];
  for (std::size_t i = 0; i < alone; ++i) supply[graph.node(node(i))] = i < left_count ? 1 : -1;
  supply[graph.node(node(alone))] = -static_cast<std::int64_t>(left_count);
  lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t> simplex(graph);
  simplex.costMap(cost).supplyMap(supply);
  if (simplex.run() != simplex.OPTIMAL) throw std::logic_error("an assignment that may stay empty has no solution");
  for (std::size_t arc = 0; arc < costs.size(); ++arc) {
    if (simplex.flow(graph.arc(node(arc))) > 0 && rights[arc] < right_count) {
      partner[static_cast<std::size_t>(ends[arc].first)] = rights[arc];
    }
  }
  return partner;
}

}  // namespace sluice
