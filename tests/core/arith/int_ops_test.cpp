#include "core/arith/int_ops.hpp"

#include <doctest/doctest.h>

using namespace sluice;

namespace {

constexpr auto kInt4 = ScalarType::signed_integer(4);
constexpr auto kUint5 = ScalarType::unsigned_integer(5);
constexpr auto kInt12 = ScalarType::signed_integer(12);
constexpr auto kInt64 = ScalarType::signed_integer(64);
constexpr auto kUint64 = ScalarType::unsigned_integer(64);

}  // namespace

TEST_CASE("mixed narrow operands give the exact value, wrapped") {
  for (std::uint64_t a = 0; a < 16; ++a) {
    for (std::uint64_t b = 0; b < 32; ++b) {
      const integer::Operand x{kInt4, a};
      const integer::Operand y{kUint5, b};
      const std::int64_t left = to_int64(kInt4, a);
      const auto right = static_cast<std::int64_t>(b);
      CHECK(integer::add(x, y, kInt12) == from_int64(kInt12, left + right));
      CHECK(integer::sub(x, y, kInt12) == from_int64(kInt12, left - right));
      CHECK(integer::mul(x, y, kInt12) == from_int64(kInt12, left * right));
      CHECK(integer::mul(x, y, kInt4) == from_int64(kInt4, left * right));
      CHECK(integer::less(x, y) == (left < right));
      CHECK(integer::less_equal(x, y) == (left <= right));
      CHECK(integer::equal(x, y) == (left == right));
      CHECK(integer::min(x, y, kInt12) == from_int64(kInt12, left < right ? left : right));
      CHECK(integer::max(x, y, kInt12) == from_int64(kInt12, left > right ? left : right));
    }
  }
}

TEST_CASE("64 bits") {
  const integer::Operand minus_one{kInt64, ~std::uint64_t{0}};
  const integer::Operand largest{kUint64, ~std::uint64_t{0}};
  CHECK(integer::less(minus_one, largest));
  CHECK_FALSE(integer::less(largest, minus_one));
  CHECK_FALSE(integer::equal(minus_one, largest));
  CHECK(integer::mul(minus_one, largest, kUint64) == 1);
}

TEST_CASE("shifts beyond the width leave the fill") {
  CHECK(integer::shift_left(8, 0x81, 1) == 0x02);
  CHECK(integer::shift_left(8, 0x81, 8) == 0);
  CHECK(integer::shift_left(64, 1, 63) == 0x8000000000000000);
  CHECK(integer::shift_left(64, 1, 64) == 0);
  CHECK(integer::shift_right_logical(8, 0x81, 7) == 1);
  CHECK(integer::shift_right_logical(8, 0x81, 200) == 0);
  CHECK(integer::shift_right_arithmetic(8, 0x81, 1) == 0xc0);
  CHECK(integer::shift_right_arithmetic(8, 0x81, 200) == 0xff);
  CHECK(integer::shift_right_arithmetic(8, 0x41, 200) == 0);
  CHECK(integer::shift_right_arithmetic(64, 0x8000000000000000, 63) == ~std::uint64_t{0});
}
