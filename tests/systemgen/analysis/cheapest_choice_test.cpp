#include "systemgen/analysis/cheapest_choice.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <random>

using namespace sluice;

namespace {

using Demands = std::vector<std::vector<Raise>>;

bool meet(const Demands& demands, const Capacities& capacities) {
  return std::all_of(demands.begin(), demands.end(), [&](const auto& demand) {
    return std::any_of(demand.begin(), demand.end(),
                       [&](const Raise& raise) { return capacities[raise.channel] >= raise.rows; });
  });
}

/// The least bits of all capacities up to 5 rows.
std::int64_t least_bits(const TimedNetwork& network, const Demands& demands, Capacities capacities,
                        std::size_t channel) {
  if (channel == capacities.size())
    return meet(demands, capacities) ? buffer_bits(network, capacities) : std::numeric_limits<std::int64_t>::max();
  auto least = std::numeric_limits<std::int64_t>::max();
  for (; capacities[channel] <= 5; ++capacities[channel])
    least = std::min(least, least_bits(network, demands, capacities, channel + 1));
  return least;
}

}  // namespace

TEST_CASE("demands are met with the least bits, as they come") {
  std::mt19937 random(91);
  const auto from = [&](int low, int high) { return std::uniform_int_distribution<std::int64_t>(low, high)(random); };
  for (int seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    TimedNetwork network;
    Capacities least;
    for (int c = 0; c < 5; ++c) {
      network.channels.push_back({"c", 1, from(1, 20)});
      least.push_back(from(1, 2));
    }
    CheapestChoice choice(network, least);
    Demands demands;
    for (int more = 0; more < 6; ++more) {
      std::vector<Raise> demand;
      for (auto channel = from(0, 4); channel < 5; channel += from(1, 3))
        demand.push_back({static_cast<std::size_t>(channel), from(2, 5)});
      demands.push_back(demand);
      choice.add(demand);
      std::int64_t effort = 1'000'000;
      const auto found = choice.solve(effort);
      REQUIRE(found.has_value());
      CHECK(meet(demands, *found));
      CHECK(buffer_bits(network, *found) == least_bits(network, demands, least, 0));
      CHECK(effort < 1'000'000);
    }
  }
}

TEST_CASE("without effort left there is no answer") {
  const TimedNetwork network{{}, {{"c"}}};
  CheapestChoice choice(network, {1});
  choice.add({{0, 2}});
  std::int64_t effort = 10;
  CHECK_FALSE(choice.solve(effort).has_value());
}
