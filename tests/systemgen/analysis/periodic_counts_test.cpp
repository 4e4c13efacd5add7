#include "systemgen/analysis/periodic_counts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace sluice;

TEST_CASE("periodic counts go on before and after their first period, and are found by search") {
  std::mt19937 random(7);
  const auto from = [&](int low, int high) { return std::uniform_int_distribution<std::int64_t>(low, high)(random); };
  for (int seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    PeriodicCounts counts{{}, from(1, 9)};
    const auto base = from(-20, 20);
    for (auto left = from(1, 6); left > 0; --left)
      counts.values.push_back(base + from(0, static_cast<int>(counts.growth)));
    std::sort(counts.values.begin(), counts.values.end());
    for (std::int64_t n = -30; n < 30; ++n) {
      CHECK(counts.at(n + counts.period()) == counts.at(n) + counts.growth);
      CHECK(counts.at(n + 1) >= counts.at(n));
    }
    for (std::int64_t t = 0; t < counts.period(); ++t)
      CHECK(counts.at(t) == counts.values[static_cast<std::size_t>(t)]);
    for (std::int64_t count = -40; count < 40; ++count) {
      const auto n = counts.first_reaching(count);
      CHECK(counts.at(n) >= count);
      CHECK(counts.at(n - 1) < count);
    }
  }
}
