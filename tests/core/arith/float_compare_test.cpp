#include <doctest/doctest.h>

#include "core/arith/float_ops.hpp"
#include "tests/core/arith/float_samples.hpp"
#include "tests/core/arith/host_fpu.hpp"

using namespace sluice;

TEST_CASE("comparisons equal the host's with DAZ") {
  const FlushMode flush;
  const auto check = [](std::uint64_t a, std::uint64_t b) {
    REQUIRE(fp::less(kFloat32, a, b) == host_less(a, b));
    REQUIRE(fp::less_equal(kFloat32, a, b) == host_less_equal(a, b));
    REQUIRE(fp::equal(kFloat32, a, b) == host_equal(a, b));
  };
  const auto specials = special_floats(kFloat32);
  for (const auto a : specials) {
    for (const auto b : specials) check(a, b);
  }
  FloatSampler sampler(kFloat32, 4);
  for (int i = 0; i < 500'000; ++i) {
    const auto [a, b] = sampler.pair();
    check(a, b);
  }
}

TEST_CASE("minimum and maximum") {
  constexpr std::uint64_t kMinusZero = 0x8000;
  constexpr std::uint64_t kOne = 0x3c00;
  constexpr std::uint64_t kNan = 0x7e00;
  CHECK(fp::min(kFloat16, 0, kMinusZero) == kMinusZero);
  CHECK(fp::min(kFloat16, kMinusZero, 0) == kMinusZero);
  CHECK(fp::max(kFloat16, 0, kMinusZero) == 0);
  CHECK(fp::max(kFloat16, kMinusZero, 0) == 0);
  CHECK(fp::min(kFloat16, kOne, 0xfd01) == kNan);
  CHECK(fp::max(kFloat16, 0x7c01, kOne) == kNan);
  CHECK(fp::max(kFloat16, 0x7c00, kOne) == 0x7c00);
  CHECK(fp::min(kFloat16, 0xfc00, kOne) == 0xfc00);

  SUBCASE("a subnormal leaves as a zero") {
    CHECK(fp::max(kFloat16, 0x0001, 0xbc00) == 0);
    CHECK(fp::min(kFloat16, 0x83ff, kOne) == kMinusZero);
    CHECK(fp::max(kFloat16, 0x83ff, 0x0001) == 0);
  }
}

TEST_CASE("sign operations touch nothing but the sign") {
  CHECK(fp::negate(kFloat32, 0x7f800001) == 0xff800001);
  CHECK(fp::negate(kFloat32, 0x80000001) == 0x00000001);
  CHECK(fp::absolute(kBfloat16, 0xffc1) == 0x7fc1);
}
