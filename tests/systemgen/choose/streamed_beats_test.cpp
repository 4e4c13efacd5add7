#include "systemgen/choose/streamed_beats.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("tensors between kernels are not streamed") {
  const auto kernel = [](const std::string& from, std::int64_t read, const std::string& to, std::int64_t made) {
    Kernel each;
    const ScalarType type = ScalarType::boolean();
    each.arrays.push_back({"from", type, {read}, ArrayRole::input, from, nullptr});
    each.arrays.push_back({"own", type, {1000}, ArrayRole::scratch, "", nullptr});
    each.arrays.push_back({"to", type, {made}, ArrayRole::output, to, nullptr});
    return each;
  };
  CHECK(streamed_beats({kernel("x", 3, "a", 100), kernel("a", 100, "y", 4)}, 8) == 4);
  CHECK(streamed_beats({kernel("x", 7, "a", 100), kernel("a", 100, "y", 4)}, 8) == 7);
  CHECK(streamed_beats({kernel("x", 7, "a", 100), kernel("a", 100, "y", 4)}, 16) == 4);
  CHECK(streamed_beats({}, 8) == 0);
}
