#include "core/arith/float_ops.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>

#include "core/arith/float_generic.hpp"
#include "tests/core/arith/float_samples.hpp"
#include "tests/core/arith/host_fpu.hpp"

using namespace sluice;

namespace {

constexpr FloatFormat kE4M3{4, 3};

using Binary = std::uint64_t (*)(std::uint64_t, std::uint64_t);
using BinaryModel = std::uint64_t (*)(FloatFormat, std::uint64_t, std::uint64_t);

/// Calls `check(a, b)` on the special values crossed with each other, then on `count` random pairs.
template <typename Check>
void for_pairs(FloatFormat format, int count, const Check& check) {
  const auto specials = special_floats(format);
  for (const auto a : specials) {
    for (const auto b : specials) check(a, b);
  }
  FloatSampler sampler(format, 1);
  for (int i = 0; i < count; ++i) {
    const auto [a, b] = sampler.pair();
    check(a, b);
  }
}

void check_against_host(BinaryModel model, Binary host, int count) {
  const FlushMode flush;
  for_pairs(kFloat32, count, [&](std::uint64_t a, std::uint64_t b) {
    const auto expected = host(a, b);
    if (model(kFloat32, a, b) == expected) return;
    CAPTURE(a);
    CAPTURE(b);
    CHECK(model(kFloat32, a, b) == expected);
  });
}

/// A second way to round, in the host's double: exact or innocuously rounded results of formats with few bits.
std::uint64_t rounded(FloatFormat format, double value) {
  if (std::isnan(value)) return fp::quiet_nan(format);
  const std::uint64_t sign = fp::negate(format, 0);
  const std::uint64_t negative = std::signbit(value) ? sign : 0;
  if (value == 0) return negative;
  if (std::isinf(value)) return fp::infinity(format, false) | negative;
  int exponent = 0;
  const double fraction = std::frexp(std::fabs(value), &exponent);
  const double scale = std::ldexp(1.0, format.mantissa_bits + 1);
  auto digits = static_cast<std::uint64_t>(std::nearbyint(fraction * scale));
  const int bias = static_cast<int>(low_bits(format.exponent_bits - 1));
  auto biased = static_cast<std::int64_t>(exponent - 1 + bias);
  if (static_cast<double>(digits) == scale) {
    digits /= 2;
    ++biased;
  }
  if (biased < 1) return negative;
  if (biased >= static_cast<std::int64_t>(low_bits(format.exponent_bits)))
    return fp::infinity(format, false) | negative;
  return negative | (static_cast<std::uint64_t>(biased) << format.mantissa_bits) |
         (digits & low_bits(format.mantissa_bits));
}

/// The value as the units read it: a subnormal is a zero.
double flushed_value(FloatFormat format, std::uint64_t a) {
  const bool zero = (a & fp::infinity(format, false)) == 0;
  return fp::to_double(format, zero ? a & fp::negate(format, 0) : a);
}

void check_arithmetic(FloatFormat format, std::uint64_t a, std::uint64_t b) {
  const double x = flushed_value(format, a);
  const double y = flushed_value(format, b);
  const bool good =
      fp::add(format, a, b) == rounded(format, x + y) && fp::sub(format, a, b) == rounded(format, x - y) &&
      fp::mul(format, a, b) == rounded(format, x * y) && fp::div(format, a, b) == rounded(format, x / y) &&
      fp::sqrt(format, a) == rounded(format, std::sqrt(x));
  if (good) return;
  CAPTURE(a);
  CAPTURE(b);
  CHECK(fp::add(format, a, b) == rounded(format, x + y));
  CHECK(fp::sub(format, a, b) == rounded(format, x - y));
  CHECK(fp::mul(format, a, b) == rounded(format, x * y));
  CHECK(fp::div(format, a, b) == rounded(format, x / y));
  CHECK(fp::sqrt(format, a) == rounded(format, std::sqrt(x)));
}

std::uint64_t host64(double value) {
  return std::isnan(value) ? fp::quiet_nan(kFloat64) : std::bit_cast<std::uint64_t>(value);
}

double as_double(std::uint64_t bits) { return std::bit_cast<double>(bits); }

}  // namespace

TEST_CASE("float32 equals the host's FPU with FTZ and DAZ") {
  SUBCASE("add") { check_against_host(fp::add, host_add, 3'000'000); }
  SUBCASE("sub") { check_against_host(fp::sub, host_sub, 3'000'000); }
  SUBCASE("mul") { check_against_host(fp::mul, host_mul, 3'000'000); }
  SUBCASE("div") { check_against_host(fp::div, host_div, 3'000'000); }
  SUBCASE("sqrt") {
    check_against_host([](FloatFormat f, std::uint64_t a, std::uint64_t) { return fp::sqrt(f, a); },
                       [](std::uint64_t a, std::uint64_t) { return host_sqrt(a); }, 3'000'000);
  }
}

TEST_CASE("the integer-only path equals the host's FPU with FTZ and DAZ") {
  SUBCASE("add") { check_against_host(fp::generic::add, host_add, 2'000'000); }
  SUBCASE("mul") { check_against_host(fp::generic::mul, host_mul, 2'000'000); }
  SUBCASE("div") { check_against_host(fp::generic::div, host_div, 2'000'000); }
  SUBCASE("sqrt") {
    check_against_host([](FloatFormat f, std::uint64_t a, std::uint64_t) { return fp::generic::sqrt(f, a); },
                       [](std::uint64_t a, std::uint64_t) { return host_sqrt(a); }, 200'000);
  }
}

TEST_CASE("the host's modes do not matter to float32") {
  FloatSampler sampler(kFloat32, 2);
  for (int i = 0; i < 200'000; ++i) {
    const auto [a, b] = sampler.pair();
    const auto plain_product = fp::mul(kFloat32, a, b);
    const auto plain_sum = fp::add(kFloat32, a, b);
    const auto plain_quotient = fp::div(kFloat32, a, b);
    const FlushMode flush;
    REQUIRE(fp::mul(kFloat32, a, b) == plain_product);
    REQUIRE(fp::add(kFloat32, a, b) == plain_sum);
    REQUIRE(fp::div(kFloat32, a, b) == plain_quotient);
  }
}

TEST_CASE("a result flushes by its size after rounding") {
  CHECK(fp::mul(kFloat32, 0x3f7ffffe, 0x00800001) == 0x00800000);  // rounds up to the smallest normal
  CHECK(fp::mul(kFloat32, 0x3f7fffff, 0x80800000) == 0x80000000);  // exact, one place below
  CHECK(fp::generic::mul(kFloat32, 0x3f7ffffe, 0x00800001) == 0x00800000);
  CHECK(fp::generic::mul(kFloat32, 0x3f7fffff, 0x80800000) == 0x80000000);
}

TEST_CASE("small formats equal a second way to round") {
  SUBCASE("float16") {
    for_pairs(kFloat16, 500'000, [](auto a, auto b) { check_arithmetic(kFloat16, a, b); });
  }
  SUBCASE("bfloat16") {
    for_pairs(kBfloat16, 500'000, [](auto a, auto b) { check_arithmetic(kBfloat16, a, b); });
  }
  SUBCASE("every pair of an 8-bit format") {
    for (std::uint64_t a = 0; a < 256; ++a) {
      for (std::uint64_t b = 0; b < 256; ++b) check_arithmetic(kE4M3, a, b);
    }
  }
}

TEST_CASE("float64 equals the host's FPU with FTZ and DAZ") {
  const FlushMode flush;
  for_pairs(kFloat64, 200'000, [](std::uint64_t a, std::uint64_t b) {
    const double x = as_double(a);
    const double y = as_double(b);
    REQUIRE(fp::add(kFloat64, a, b) == host64(x + y));
    REQUIRE(fp::sub(kFloat64, a, b) == host64(x - y));
    REQUIRE(fp::mul(kFloat64, a, b) == host64(x * y));
    REQUIRE(fp::div(kFloat64, a, b) == host64(x / y));
    REQUIRE(fp::sqrt(kFloat64, a) == host64(std::sqrt(x)));
  });
}

TEST_SUITE("slow") {
  TEST_CASE("speed of float32") {
    FloatSampler sampler(kFloat32, 3);
    std::vector<std::uint64_t> values(1024);
    for (auto& value : values) value = sampler.single();
    for (const auto operation : {fp::add, fp::mul}) {
      constexpr std::size_t kCalls = 100'000'000;
      std::uint64_t sum = 0;
      const auto start = std::chrono::steady_clock::now();
      for (std::size_t i = 0; i < kCalls; ++i) sum += operation(kFloat32, values[i % 1024], values[(i * 7 + 1) % 1024]);
      const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - start;
      const double nanoseconds_a_call = time.count() / kCalls;
      CAPTURE(sum);
      WARN(nanoseconds_a_call < 5);
    }
  }
}
