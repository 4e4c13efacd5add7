#include "systemgen/network/stream_beat.hpp"

#include <algorithm>

#include "core/arith/floor_div.hpp"

namespace sluice {

int stream_bits(const ScalarType& type) {
  constexpr int kByte = 8;
  return static_cast<int>(ceil_div(type.width(), kByte)) * kByte;
}

std::int64_t elements_of_beat(const ScalarType& type, std::int64_t bits) {
  return std::max<std::int64_t>(bits / stream_bits(type), 1);
}

}  // namespace sluice
