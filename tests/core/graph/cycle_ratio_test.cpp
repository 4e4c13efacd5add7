#include "core/graph/cycle_ratio.hpp"

#include <doctest/doctest.h>

#include "core/graph/components.hpp"
#include "core/graph/positive_cycle.hpp"
#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

TEST_CASE("the rounded cycle ratio is the least that no cycle exceeds") {
  int cyclic = 0;
  for (unsigned seed = 0; seed < 2000; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const int count = pick(random, 1, 12);
    Topology topology(static_cast<std::size_t>(count));
    std::vector<std::int64_t> weights;
    std::vector<std::int64_t> distances;
    for (int k = pick(random, 0, 3 * count); k > 0; --k) {
      const int from = pick(random, 0, count - 1);
      const int to = pick(random, 0, count - 1);
      topology.add_edge(static_cast<std::size_t>(from), static_cast<std::size_t>(to));
      weights.push_back(pick(random, 0, 30));
      distances.push_back(from < to ? pick(random, 0, 1) : pick(random, 1, 4));  // backwards only to later iterations
    }
    const auto exceeded = [&](std::int64_t ratio) {
      std::vector<std::int64_t> excess;
      for (std::size_t i = 0; i < weights.size(); ++i) excess.push_back(weights[i] - ratio * distances[i]);
      return !find_positive_cycle(topology, excess).empty();
    };
    const auto ratio = rounded_cycle_ratio(topology, weights, distances);
    CHECK(!exceeded(ratio));
    if (ratio > 0) CHECK(exceeded(ratio - 1));
    cyclic += ratio > 0;
  }
  CHECK(cyclic > 1000);
}

TEST_CASE("strong components are told apart and fall along edges") {
  Topology topology(5);
  for (const auto& [from, to] : {std::pair{0, 1}, {1, 2}, {2, 1}, {2, 3}, {3, 4}, {4, 3}}) {
    topology.add_edge(static_cast<std::size_t>(from), static_cast<std::size_t>(to));
  }
  const auto component = strong_components(topology);
  CHECK(component[1] == component[2]);
  CHECK(component[3] == component[4]);
  CHECK(component[0] > component[1]);
  CHECK(component[2] > component[3]);
}
