#include "binder/occupancy.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

/// The definition: slots are taken or not.
int room(const std::vector<bool>& taken, int start) {
  const int ii = static_cast<int>(taken.size());
  int free = 0;
  while (free < ii && !taken[static_cast<std::size_t>((start + free) % ii)]) ++free;
  return free;
}

}  // namespace

TEST_CASE("the room from a slot on is what arcs leave free on the circle") {
  std::mt19937 random(1);
  int around = 0;
  for (int round = 0; round < 300; ++round) {
    const int ii = pick(random, 1, 12);
    Occupancy occupancy(ii);
    std::vector<bool> taken(static_cast<std::size_t>(ii), false);
    std::vector<std::pair<int, int>> arcs;
    const auto mark = [&](int start, int length, bool value) {
      for (int i = 0; i < length; ++i) taken[static_cast<std::size_t>((start + i) % ii)] = value;
    };
    for (int step = 0; step < 20; ++step) {
      const int start = pick(random, 0, ii - 1);
      const int free = room(taken, start);
      REQUIRE(occupancy.room(start) == free);
      if (free > 0) {
        const int length = pick(random, 1, free);
        occupancy.take(start, length);
        mark(start, length, true);
        arcs.emplace_back(start, length);
        if (start + length > ii) ++around;
      } else if (!arcs.empty()) {
        const auto [first, length] = arcs.back();
        arcs.pop_back();
        occupancy.release(first);
        mark(first, length, false);
      }
      for (int slot = 0; slot < ii; ++slot) REQUIRE(occupancy.room(slot) == room(taken, slot));
    }
  }
  CHECK(around > 100);
}
