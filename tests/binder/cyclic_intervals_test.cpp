#include "binder/cyclic_intervals.hpp"

#include <doctest/doctest.h>

#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

/// Arcs that hold both `slot` and the slot before, in this order.
int crossings(const std::vector<Arc>& arcs, int slot, int circumference) {
  int count = 0;
  for (const auto& arc : arcs) {
    const int offset = (slot - arc.start + circumference) % circumference;
    if (offset > 0 && offset < arc.length) ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("the circle is cut where the fewest arcs run on") {
  std::mt19937 random(1);
  for (int round = 0; round < 500; ++round) {
    const int circumference = pick(random, 1, 12);
    std::vector<Arc> arcs;
    for (int k = pick(random, 0, 10); k > 0; --k)
      arcs.push_back({pick(random, 0, circumference - 1), pick(random, 1, circumference)});
    const int cut = best_cut(arcs, circumference);
    for (int slot = 0; slot < circumference; ++slot) {
      CHECK(crossings(arcs, cut, circumference) <= crossings(arcs, slot, circumference));
    }
  }
}
