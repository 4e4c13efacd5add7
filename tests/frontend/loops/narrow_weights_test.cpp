#include "frontend/loops/narrow_weights.hpp"

#include <doctest/doctest.h>

#include "frontend/loops/compare_runs.hpp"
#include "tests/frontend/loops/random_kernel.hpp"

using namespace sluice;
using namespace sluice::test;

TEST_CASE("weights are as wide as their widest value, and users see the same") {
  std::size_t changes = 0;
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    const Kernel before = random_kernel(seed, 20);
    Kernel kernel = before;
    changes += narrow_weights(kernel);
    REQUIRE(to_string(verify(kernel)) == "");
    CHECK(to_string(compare_runs(before, kernel)) == "");
    CHECK(narrow_weights(kernel) == 0);
  }
  CHECK(changes > 100);
}

TEST_CASE("the width of signed and unsigned weights") {
  const auto width = [](ScalarType type, std::vector<std::int64_t> values) {
    Kernel kernel{.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
    std::vector<std::uint64_t> contents;
    for (const auto value : values) contents.push_back(from_int64(type, value));
    add_array(kernel, {"w",
                       type,
                       {static_cast<std::int64_t>(values.size())},
                       ArrayRole::weight,
                       "",
                       std::make_shared<const std::vector<std::uint64_t>>(contents)});
    narrow_weights(kernel);
    CHECK(to_int64(kernel.arrays[0].type, kernel.arrays[0].contents->back()) == values.back());
    return kernel.arrays[0].type.width();
  };
  const ScalarType word = ScalarType::signed_integer(32);
  CHECK(width(word, {3, -8}) == 4);
  CHECK(width(word, {8, -1}) == 5);
  CHECK(width(word, {0}) == 2);
  CHECK(width(word, {-2147483648LL}) == 32);
  CHECK(width(ScalarType::unsigned_integer(8), {0, 255}) == 8);
  CHECK(width(ScalarType::unsigned_integer(8), {1, 17}) == 5);
}
