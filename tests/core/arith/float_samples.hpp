#pragma once

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "core/arith/float_ops.hpp"

/// Numbers at which floating-point units go wrong: the ends of every range, of both signs.
inline std::vector<std::uint64_t> special_floats(sluice::FloatFormat format) {
  const std::uint64_t one_ulp = 1;
  const std::uint64_t smallest_normal = std::uint64_t{1} << format.mantissa_bits;
  const std::uint64_t infinity = sluice::fp::infinity(format, false);
  const std::uint64_t one = sluice::low_bits(format.exponent_bits - 1) << format.mantissa_bits;
  std::vector<std::uint64_t> values;
  for (const std::uint64_t base : {std::uint64_t{0}, smallest_normal, 2 * smallest_normal, one - smallest_normal, one,
                                   one + smallest_normal, infinity - smallest_normal, infinity}) {
    for (const std::uint64_t step : {std::uint64_t{0}, one_ulp, smallest_normal / 2, smallest_normal - 1}) {
      values.push_back(base + step);
      values.push_back(sluice::fp::negate(format, base + step));
    }
  }
  return values;
}

/// Random operands, biased to close exponents, cancellation, ties, and the edge of the subnormals.
class FloatSampler {
 public:
  FloatSampler(sluice::FloatFormat format, std::uint64_t seed) : format_(format), random_(seed) {}

  std::pair<std::uint64_t, std::uint64_t> pair() {
    const std::uint64_t a = single();
    switch (random_() % 8) {
      case 0:
        return {a, with_exponent(exponent_of(a) + small_step(), single())};
      case 1:
        return {a, near(sluice::fp::negate(format_, a))};
      case 2:
        return {a, with_exponent(exponent_of(a) - format_.mantissa_bits + small_step(), single())};
      case 3:
        return {a, with_exponent(mid() - exponent_of(a) + small_step(), single())};
      case 4:
        return {a, with_exponent(exponent_of(a) + mid() + small_step(), single())};
      case 5:
        return {a, with_exponent(mid() + small_step(), single())};
      default:
        return {a, single()};
    }
  }

  std::uint64_t single() {
    const std::uint64_t all = random_();
    const std::uint64_t bits = all & sluice::low_bits(format_.width());
    const std::uint64_t mantissa = sluice::low_bits(format_.mantissa_bits);
    const auto place = static_cast<int>(random_() % static_cast<std::uint64_t>(format_.mantissa_bits + 1));
    switch ((all >> 60) % 8) {
      case 0:
        return bits & ~sluice::low_bits(place);  // a short mantissa: ties
      case 1:
        return bits | (mantissa & ~sluice::low_bits(place));  // a run of ones: carries
      case 2:
        return (bits & ~mantissa) | (std::uint64_t{1} << place & mantissa);  // one bit
      case 3:
        return with_exponent(1 + small_step(), bits);  // edge of the subnormals
      case 4:
        return with_exponent(mid() + small_step(), bits);  // about one
      default:
        return bits;
    }
  }

  std::uint64_t random() { return random_(); }

 private:
  [[nodiscard]] int mid() const { return static_cast<int>(sluice::low_bits(format_.exponent_bits - 1)); }
  int small_step() { return static_cast<int>(random_() % 7) - 3; }

  /// A few units in the last place away.
  std::uint64_t near(std::uint64_t a) {
    return (a + static_cast<std::uint64_t>(small_step())) & sluice::low_bits(format_.width());
  }

  [[nodiscard]] int exponent_of(std::uint64_t a) const {
    return static_cast<int>((a >> format_.mantissa_bits) & sluice::low_bits(format_.exponent_bits));
  }

  [[nodiscard]] std::uint64_t with_exponent(int exponent, std::uint64_t a) const {
    const std::uint64_t field = sluice::low_bits(format_.exponent_bits);
    return (a & ~(field << format_.mantissa_bits)) |
           ((static_cast<std::uint64_t>(exponent) & field) << format_.mantissa_bits);
  }

  sluice::FloatFormat format_;
  std::mt19937_64 random_;
};
