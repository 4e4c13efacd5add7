#include "rtlgen/fsmd/memory_file.hpp"

#include <doctest/doctest.h>

#include <random>
#include <sstream>

#include "core/arith/scalar_type.hpp"

using namespace sluice;

namespace {

/// The bits of a line, lowest first.
std::vector<bool> bits_of(const std::string& line) {
  std::vector<bool> bits;
  for (auto digit = line.rbegin(); digit != line.rend(); ++digit) {
    const int value = std::stoi(std::string(1, *digit), nullptr, 16);
    for (int i = 0; i < 4; ++i) bits.push_back((value >> i & 1) != 0);
  }
  return bits;
}

}  // namespace

TEST_CASE("a memory's words hold its fields side by side") {
  std::mt19937_64 random(1);
  for (int round = 0; round < 200; ++round) {
    MemoryFile file{"m.mem", {}};
    int width = 0;
    const std::size_t depth = 1 + random() % 5;
    for (std::size_t i = 0; i < 1 + random() % 12; ++i) {
      std::vector<std::uint64_t> words(depth);
      for (auto& word : words) word = random();
      file.fields.push_back({1 + static_cast<int>(random() % 64), std::make_shared<std::vector<std::uint64_t>>(words)});
      width += file.fields.back().width;
    }
    std::istringstream text(memory_text(file));
    std::string line;
    for (std::size_t word = 0; word < depth; ++word) {
      REQUIRE(std::getline(text, line));
      CHECK(line.size() == static_cast<std::size_t>((width + 3) / 4));
      const auto bits = bits_of(line);
      std::size_t low = 0;
      for (const auto& field : file.fields) {
        for (int i = 0; i < field.width; ++i) REQUIRE(bits[low++] == ((field.words->at(word) >> i & 1) != 0));
      }
      for (; low < bits.size(); ++low) REQUIRE_FALSE(bits[low]);
    }
    CHECK_FALSE(std::getline(text, line));
  }
}
