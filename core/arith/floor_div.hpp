#pragma once

#include <cstdint>

namespace sluice {

/// a / b rounded towards minus infinity; b is not 0.
constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - ((a % b != 0) && ((a < 0) != (b < 0)));
}

/// a / b rounded towards plus infinity; b is not 0.
constexpr std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return -floor_div(-a, b); }

}  // namespace sluice
