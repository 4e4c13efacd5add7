#include "core/graph/positive_cycle.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

/// Longest walks between all vertices (Floyd and Warshall): a vertex that gains by coming back is on a positive cycle.
bool has_positive_cycle(const Topology& topology, const std::vector<std::int64_t>& weights) {
  constexpr std::int64_t kNone = -1'000'000;
  const std::size_t count = topology.vertex_count();
  std::vector<std::vector<std::int64_t>> best(count, std::vector<std::int64_t>(count, kNone));
  for (std::size_t e = 0; e < weights.size(); ++e) {
    auto& entry = best[topology.source(e)][topology.target(e)];
    entry = std::max(entry, weights[e]);
  }
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) {
        if (best[i][k] == kNone || best[k][j] == kNone) continue;
        best[i][j] = std::min<std::int64_t>(std::max(best[i][j], best[i][k] + best[k][j]), 100'000);
      }
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (best[i][i] > 0) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a positive cycle is found exactly if there is one, and what is found is one") {
  int positive = 0;
  for (unsigned seed = 0; seed < 2000; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    Topology topology;
    std::vector<std::int64_t> weights;
    const int count = pick(random, 1, 9);
    for (int i = 0; i < count; ++i) topology.add_vertex();
    for (int k = pick(random, 0, 2 * count); k > 0; --k) {
      topology.add_edge(static_cast<std::size_t>(pick(random, 0, count - 1)),
                        static_cast<std::size_t>(pick(random, 0, count - 1)));
      weights.push_back(pick(random, -6, 3));
    }
    const auto cycle = find_positive_cycle(topology, weights);
    CHECK(cycle.empty() == !has_positive_cycle(topology, weights));
    if (cycle.empty()) continue;
    ++positive;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < cycle.size(); ++i) {
      std::int64_t heaviest = -1'000;
      for (const auto edge : topology.out_edges(cycle[i])) {
        if (topology.target(edge) == cycle[(i + 1) % cycle.size()]) heaviest = std::max(heaviest, weights[edge]);
      }
      sum += heaviest;
    }
    CHECK(sum > 0);
  }
  CHECK(positive > 300);
}
