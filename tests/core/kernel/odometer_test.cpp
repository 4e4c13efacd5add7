#include "core/kernel/odometer.hpp"

#include <doctest/doctest.h>

#include <set>

#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

TEST_CASE("an odometer comes through all iterations once, innermost fastest, and back to the start") {
  for (unsigned seed = 0; seed < 100; ++seed) {
    std::mt19937 random(seed);
    const std::vector<std::int64_t> trips{pick(random, 1, 3), pick(random, 1, 4), pick(random, 1, 3)};
    const auto first = static_cast<std::size_t>(pick(random, 0, 3));
    Odometer odometer(trips, first);
    std::int64_t expected = 1;
    for (std::size_t i = first; i < 3; ++i) expected *= trips[i];
    std::set<std::vector<std::int64_t>> seen;
    auto last = odometer.iterators();
    int carried = 0;
    do {
      CHECK(seen.insert(odometer.iterators()).second);
      if (seen.size() > 1) {
        CHECK(last < odometer.iterators());
        for (std::size_t i = 0; i < 3; ++i) {  // the loop that carried stepped, those inside it wrapped
          const auto level = static_cast<std::size_t>(carried);
          CHECK(odometer.iterators()[i] == (i < level ? last[i] : i == level ? last[i] + 1 : 0));
        }
      }
      last = odometer.iterators();
      carried = odometer.step();
    } while (carried >= 0);
    CHECK(static_cast<std::int64_t>(seen.size()) == expected);
    CHECK(odometer.iterators() == std::vector<std::int64_t>(3, 0));
  }
}

TEST_CASE("increments at carries follow an expression through all iterations") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::vector<std::int64_t> trips;
    AffineExpr expr(pick(random, -9, 9));
    for (int i = pick(random, 1, 4); i > 0; --i) {
      expr += AffineExpr::iterator(trips.size()) * pick(random, -7, 7);
      trips.push_back(pick(random, 1, 4));
    }
    const auto first = static_cast<std::size_t>(pick(random, 0, static_cast<int>(trips.size())));
    const auto increments = carry_increments(expr, trips, first);
    CHECK(increments.size() == trips.size() - first);
    Odometer odometer(trips, first);
    for (std::size_t i = 0; i < first; ++i) odometer.iterators()[i] = pick(random, 0, static_cast<int>(trips[i]) - 1);
    std::int64_t value = expr.evaluate(odometer.iterators());
    for (int carried = odometer.step(); carried >= 0; carried = odometer.step()) {
      value += increments[static_cast<std::size_t>(carried) - first];
      CHECK(value == expr.evaluate(odometer.iterators()));
    }
  }
}
