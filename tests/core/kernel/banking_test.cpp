#include "core/kernel/banking.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace sluice;

namespace {

Banking random_banking(std::mt19937& random) {
  const auto from = [&](int low, int high) { return std::uniform_int_distribution<std::int64_t>(low, high)(random); };
  Banking banking;
  for (auto rank = from(0, 4); rank > 0; --rank) {
    banking.shape.push_back(from(1, 9));
    banking.dimensions.push_back({from(1, 4), from(1, 5)});
  }
  return banking;
}

}  // namespace

TEST_CASE("every element has one place, and banks know their elements") {
  std::mt19937 random(5);
  for (int seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const Banking banking = random_banking(random);
    std::vector<std::vector<std::int64_t>> banks;
    std::int64_t found = 0;
    for (std::int64_t bank = 0; bank < bank_count(banking); ++bank) {
      banks.push_back(elements_of(banking, bank));
      CHECK(std::ssize(banks.back()) == element_count(bank_shape(banking)));
      for (const auto element : banks.back()) found += element >= 0 ? 1 : 0;
    }
    CHECK(found == element_count(banking.shape));
    for (std::int64_t e = 0; e < element_count(banking.shape); ++e) {
      const auto [bank, address] = place_of(banking, e);
      CHECK(banks.at(static_cast<std::size_t>(bank)).at(static_cast<std::size_t>(address)) == e);
    }
  }
}

TEST_CASE("blocks of rows are blocks of the flattened tensor") {
  const Banking rows{{6, 4, 5}, {{3, 2}, {}, {}}};
  CHECK(same_places(rows, {{120}, {{3, 40}}}));
  CHECK_FALSE(same_places(rows, {{120}, {{3, 20}}}));
  CHECK_FALSE(same_places(rows, {{6, 4, 5}, {{3, 1}, {}, {}}}));
  CHECK(same_places(one_bank({6, 20}), one_bank({120})));
}
