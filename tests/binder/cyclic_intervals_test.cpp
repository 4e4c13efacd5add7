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

TEST_CASE("a track holds one arc across the cut and others between its ends") {
  Track track(10);
  CHECK(track.fits(0, 10));
  CHECK(track.fits(7, 5));
  track.put(7, 5);  // slots 7, 8, 9, 0, 1
  CHECK_FALSE(track.fits(1, 2));
  CHECK_FALSE(track.fits(8, 4));
  CHECK(track.fits(2, 5));
  CHECK_FALSE(track.fits(2, 6));
  track.put(2, 3);
  CHECK_FALSE(track.fits(4, 1));
  CHECK(track.fits(5, 2));
  Track full(4);
  full.put(0, 4);
  CHECK_FALSE(full.fits(0, 1));
  CHECK_FALSE(full.fits(3, 1));
}
