#include "core/arith/scalar_type.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("a type's name reads back") {
  for (const std::string name : {"f64", "f32", "f16", "bf16", "f<4,3>", "i1", "i8", "u1", "u64"}) {
    CAPTURE(name);
    REQUIRE(parse_scalar_type(name).has_value());
    CHECK(to_string(*parse_scalar_type(name)) == name);
  }
}

TEST_CASE("what is no type's name is refused") {
  for (const std::string name : {"", "f", "i", "i0", "u65", "i8x", "f<8>", "f<8,>", "f<1,3>", "f<8,60>", "x8", "f33"}) {
    CAPTURE(name);
    CHECK_FALSE(parse_scalar_type(name).has_value());
  }
}

TEST_CASE("integers of few bits extend and wrap") {
  constexpr auto kInt4 = ScalarType::signed_integer(4);
  CHECK(to_int64(kInt4, 0x8) == -8);
  CHECK(to_int64(ScalarType::unsigned_integer(4), 0x8) == 8);
  CHECK(from_int64(kInt4, -1) == 0xf);
  CHECK(low_bits(64) == ~std::uint64_t{0});
}
