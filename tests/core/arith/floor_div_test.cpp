#include "core/arith/floor_div.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace sluice;

TEST_CASE("quotients are rounded down, and up") {
  for (int a = -20; a <= 20; ++a) {
    for (int b = -5; b <= 5; ++b) {
      if (b == 0) continue;
      CAPTURE(a);
      CAPTURE(b);
      CHECK(floor_div(a, b) == static_cast<std::int64_t>(std::floor(static_cast<double>(a) / b)));
      CHECK(ceil_div(a, b) == static_cast<std::int64_t>(std::ceil(static_cast<double>(a) / b)));
    }
  }
}
