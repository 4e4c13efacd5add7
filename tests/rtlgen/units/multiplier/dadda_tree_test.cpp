#include "rtlgen/units/multiplier/dadda_tree.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>
#include <random>

using namespace sluice;

namespace {

/// Columns of up to `most` bits "b<n>".
BitColumns random_columns(std::mt19937& random, int most) {
  BitColumns columns(1 + random() % 20);
  int number = 0;
  for (auto& column : columns) {
    for (auto left = random() % static_cast<unsigned>(most + 1); left > 0; --left) {
      column.push_back(fmt::format("b{}", number++));
    }
  }
  return columns;
}

/// The sum of the bits by their weights, wrapped to the columns.
std::uint64_t value(const BitColumns& columns, const std::map<std::string, bool>& bits) {
  std::uint64_t sum = 0;
  for (std::size_t k = 0; k < columns.size(); ++k) {
    for (const auto& bit : columns[k]) sum += std::uint64_t{bits.at(bit)} << k;
  }
  return sum & ((std::uint64_t{1} << columns.size()) - 1);
}

}  // namespace

TEST_CASE("the heights of Dadda's stages") {
  std::vector<int> heights;
  for (int height = 33; height > 2; height = dadda_height(height)) heights.push_back(dadda_height(height));
  CHECK(heights == std::vector{28, 19, 13, 9, 6, 4, 3, 2});
}

TEST_CASE("a stage keeps the sum, comes down to its height, and takes no bit that it made") {
  std::mt19937 random(5);
  for (int round = 0; round < 500; ++round) {
    BitColumns columns = random_columns(random, 30);
    std::map<std::string, bool> bits{{"1'b0", false}};
    for (const auto& column : columns) {
      for (const auto& bit : column) bits[bit] = random() % 2 != 0;
    }
    const std::uint64_t before = value(columns, bits);
    for (int stage = 0; height(columns) > 2; ++stage) {
      const int expected = dadda_height(height(columns));
      const auto adders = dadda_stage(columns, fmt::format("s{}", stage), fmt::format("c{}", stage));
      std::map<std::string, bool> made;
      for (std::size_t i = 0; i < adders.size(); ++i) {
        int ones = 0;
        for (const auto& input : adders[i]) ones += bits.at(input) ? 1 : 0;
        made[fmt::format("s{}[{}]", stage, i)] = ones % 2 != 0;
        made[fmt::format("c{}[{}]", stage, i)] = ones >= 2;
      }
      bits.merge(made);
      CHECK(height(columns) <= expected);
      REQUIRE(value(columns, bits) == before);
    }
  }
}
