#include "systemgen/choose/cheapest_ranges.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>

using namespace sluice;

TEST_CASE("the ranges are the cheapest of all, or none if some nest is in none") {
  std::mt19937 random(1);
  int none = 0;
  for (int i = 0; i < 300; ++i) {
    CAPTURE(i);
    Kernel kernel;
    kernel.nests.resize(1 + random() % 6);
    std::vector<std::size_t> cuts;
    for (std::size_t cut = 1; cut < kernel.nests.size(); ++cut) {
      if (random() % 4 > 0) cuts.push_back(cut);
    }
    std::map<NestRange, std::optional<RangeCost>> costs;
    const auto cost_of = [&](const NestRange& range) {
      auto [place, is_new] = costs.try_emplace(range);
      if (is_new && random() % 4 > 0)
        place->second = RangeCost{static_cast<std::int64_t>(random() % 3), 1, static_cast<std::int64_t>(random() % 5)};
      return place->second;
    };
    const auto total = [&](const std::vector<NestRange>& ranges) {
      std::optional<RangeCost> sum = RangeCost{.kernels = 0};
      for (const auto& range : ranges) {
        const auto cost = cost_of(range);
        if (!cost) return std::optional<RangeCost>();
        *sum += *cost;
      }
      return sum;
    };
    const auto found = cheapest_ranges(kernel, cuts, cost_of);
    std::optional<RangeCost> least;
    for (std::size_t bits = 0; bits < std::size_t{1} << cuts.size(); ++bits) {
      std::vector<std::size_t> chosen;
      for (std::size_t c = 0; c < cuts.size(); ++c) {
        if ((bits >> c & 1) != 0) chosen.push_back(cuts[c]);
      }
      const auto cost = total(ranges_between(kernel, chosen));
      if (cost && (!least || *cost < *least)) least = cost;
    }
    none += least ? 0 : 1;
    CHECK(found.empty() == !least.has_value());
    if (!found.empty() && least) CHECK(total(found) == least);
  }
  CHECK(none >= 10);
  CHECK(none <= 200);
}
