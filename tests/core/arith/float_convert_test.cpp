#include <doctest/doctest.h>

#include <cfenv>
#include <cmath>
#include <limits>

#include "core/arith/float_ops.hpp"
#include "tests/core/arith/float_samples.hpp"
#include "tests/core/arith/host_fpu.hpp"

using namespace sluice;

namespace {

constexpr auto kInt8 = ScalarType::signed_integer(8);
constexpr auto kUint8 = ScalarType::unsigned_integer(8);
constexpr auto kInt32 = ScalarType::signed_integer(32);
constexpr auto kInt64 = ScalarType::signed_integer(64);
constexpr auto kUint64 = ScalarType::unsigned_integer(64);

std::uint64_t bits(float value) { return std::bit_cast<std::uint32_t>(value); }

/// Saturated in double, which holds every bound of up to 53 bits.
std::uint64_t saturated(double value, ScalarType type) {
  if (std::isnan(value)) return 0;
  const double top = static_cast<double>(low_bits(type.is_signed() ? type.width() - 1 : type.width()));
  const double bottom = type.is_signed() ? -top - 1 : 0;
  return from_int64(type, static_cast<std::int64_t>(std::fmin(std::fmax(value, bottom), top)));
}

double flushed(std::uint64_t a) { return (a & 0x7f800000) == 0 ? 0.0 : fp::to_double(kFloat32, a); }

}  // namespace

TEST_CASE("integers to float32 equal the host's conversion") {
  std::mt19937_64 random(5);
  for (int i = 0; i < 300'000; ++i) {
    const std::uint64_t value = random() >> (random() % 64);
    REQUIRE(fp::from_integer(kFloat32, kInt64, value) == bits(static_cast<float>(static_cast<std::int64_t>(value))));
    REQUIRE(fp::from_integer(kFloat32, kUint64, value) == bits(static_cast<float>(value)));
    const auto word = static_cast<std::uint32_t>(value);
    REQUIRE(fp::from_integer(kFloat32, kInt32, word) == bits(static_cast<float>(static_cast<std::int32_t>(word))));
  }
  CHECK(fp::from_integer(kFloat32, kInt64, std::uint64_t{1} << 63) == bits(-0x1p63F));
  CHECK(fp::from_integer(kFloat16, kUint64, 65519) == 0x7bff);
  CHECK(fp::from_integer(kFloat16, kUint64, 65520) == 0x7c00);
}

TEST_CASE("float32 to integers rounds as asked and saturates") {
  FloatSampler sampler(kFloat32, 6);
  for (int i = 0; i < 300'000; ++i) {
    std::uint64_t a = sampler.single();
    if (i % 2 == 0) a = (a & 0x807fffff) | ((118 + sampler.random() % 48) << 23);
    const double value = flushed(a);
    CAPTURE(value);
    for (const auto type : {kInt8, kUint8, kInt32, ScalarType::signed_integer(13), ScalarType::boolean()}) {
      REQUIRE(fp::to_integer(kFloat32, a, type, fp::Rounding::nearest_even) == saturated(std::nearbyint(value), type));
      REQUIRE(fp::to_integer(kFloat32, a, type, fp::Rounding::toward_zero) == saturated(std::trunc(value), type));
      REQUIRE(fp::to_integer(kFloat32, a, type, fp::Rounding::down) == saturated(std::floor(value), type));
      REQUIRE(fp::to_integer(kFloat32, a, type, fp::Rounding::up) == saturated(std::ceil(value), type));
    }
    if (std::fabs(value) < 0x1p63) {
      const auto expected = static_cast<std::uint64_t>(static_cast<std::int64_t>(value));
      REQUIRE(fp::to_integer(kFloat32, a, kInt64, fp::Rounding::toward_zero) == expected);
    }
  }
}

TEST_CASE("the ends of 64-bit integers") {
  const auto to = [](float value, ScalarType type) {
    return fp::to_integer(kFloat32, bits(value), type, fp::Rounding::nearest_even);
  };
  CHECK(to(0x1p63F, kInt64) == 0x7fffffffffffffff);
  CHECK(to(-0x1p63F, kInt64) == 0x8000000000000000);
  CHECK(to(-0x1p100F, kInt64) == 0x8000000000000000);
  CHECK(to(0x1p63F, kUint64) == 0x8000000000000000);
  CHECK(to(0x1p64F, kUint64) == 0xffffffffffffffff);
  CHECK(to(-1.0F, kUint64) == 0);
  CHECK(to(std::numeric_limits<float>::infinity(), kInt64) == 0x7fffffffffffffff);
  CHECK(to(std::numeric_limits<float>::quiet_NaN(), kInt64) == 0);
}

TEST_CASE("one format to another") {
  SUBCASE("every float16 goes to float32 and back") {
    for (std::uint64_t a = 0; a < 0x10000; ++a) {
      const auto wide = fp::convert(kFloat16, a, kFloat32);
      const bool subnormal = (a & 0x7c00) == 0;
      const bool nan = (a & 0x7fff) > 0x7c00;
      REQUIRE(wide ==
              (nan ? 0x7fc00000 : bits(static_cast<float>(fp::to_double(kFloat16, subnormal ? a & 0x8000 : a)))));
      REQUIRE(fp::convert(kFloat32, wide, kFloat16) == (nan ? 0x7e00 : subnormal ? a & 0x8000 : a));
    }
  }
  SUBCASE("float32 to the narrow ones: ties, overflow, flush after rounding") {
    CHECK(fp::convert(kFloat32, bits(2049), kFloat16) == fp::convert(kFloat32, bits(2048), kFloat16));
    CHECK(fp::convert(kFloat32, bits(2051), kFloat16) == fp::convert(kFloat32, bits(2052), kFloat16));
    CHECK(fp::convert(kFloat32, bits(65519.99F), kFloat16) == 0x7bff);
    CHECK(fp::convert(kFloat32, bits(-65520), kFloat16) == 0xfc00);
    CHECK(fp::convert(kFloat32, bits(0x1.ffep-15F), kFloat16) == 0x0400);
    CHECK(fp::convert(kFloat32, bits(-0x1.ffcp-15F), kFloat16) == 0x8000);
    CHECK(fp::convert(kFloat32, 0x7f7fffff, kBfloat16) == 0x7f80);
    CHECK(fp::convert(kFloat32, 0x3f808000, kBfloat16) == 0x3f80);
    CHECK(fp::convert(kFloat32, 0x3f818000, kBfloat16) == 0x3f82);
  }
}

TEST_CASE("host doubles to float32 and back") {
  const FlushMode flush;
  FloatSampler sampler({11, 52}, 7);
  for (int i = 0; i < 300'000; ++i) {
    std::uint64_t a = sampler.single();
    if (i % 2 == 0) a = (a & 0x800fffffffffffff) | ((860 + sampler.random() % 300) << 52);
    const auto value = std::bit_cast<double>(a);
    REQUIRE(fp::from_double(kFloat32, value) == host_bits(_mm_cvtsd_ss(_mm_setzero_ps(), _mm_set_sd(value))));
  }
  CHECK(fp::to_double(kFloat32, 0x00000001) == 0x1p-149);
  CHECK(fp::to_double(kFloat16, 0x83ff) == -0x1.ff8p-15);
  CHECK(fp::to_double(kBfloat16, 0xff80) == -std::numeric_limits<double>::infinity());
}
