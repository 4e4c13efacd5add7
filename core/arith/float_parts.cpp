#include "core/arith/float_parts.hpp"

#include <bit>

#include "core/arith/float_ops.hpp"

namespace sluice::fp {

namespace {

int bit_width(uint128 value) {
  const auto high = static_cast<std::uint64_t>(value >> 64);
  return static_cast<int>(high != 0 ? 64 + std::bit_width(high) : std::bit_width(static_cast<std::uint64_t>(value)));
}

/// value / 2^shift (shift > 0) to the nearest integer, ties to even.
std::uint64_t shift_right_to_even(uint128 value, int shift) {
  const uint128 quotient = value >> shift;
  const uint128 rest = value - (quotient << shift);
  const uint128 half = uint128{1} << (shift - 1);
  const bool up = rest > half || (rest == half && (quotient & 1) != 0);
  return static_cast<std::uint64_t>(quotient) + (up ? 1 : 0);
}

}  // namespace

std::uint64_t infinity(FloatFormat format, bool negative) {
  return zero(format, negative) | (low_bits(format.exponent_bits) << format.mantissa_bits);
}

std::uint64_t quiet_nan(FloatFormat format) {
  return infinity(format, false) | (std::uint64_t{1} << (format.mantissa_bits - 1));
}

Parts unpack(FloatFormat format, std::uint64_t bits) {
  const std::uint64_t fraction = bits & low_bits(format.mantissa_bits);
  const std::uint64_t exponent = (bits >> format.mantissa_bits) & low_bits(format.exponent_bits);
  const bool negative = ((bits >> (format.width() - 1)) & 1) != 0;
  if (exponent == 0) return {Parts::Kind::zero, negative};
  if (exponent == low_bits(format.exponent_bits)) {
    return {fraction == 0 ? Parts::Kind::infinite : Parts::Kind::nan, negative};
  }
  return {Parts::Kind::finite, negative, static_cast<int>(exponent) - bias(format) - format.mantissa_bits,
          fraction | (std::uint64_t{1} << format.mantissa_bits)};
}

std::uint64_t round_to(FloatFormat format, bool negative, int exponent, uint128 significand) {
  const int surplus = bit_width(significand) - (format.mantissa_bits + 1);
  std::uint64_t rounded =
      surplus > 0 ? shift_right_to_even(significand, surplus) : static_cast<std::uint64_t>(significand) << -surplus;
  int biased = exponent + surplus + format.mantissa_bits + bias(format);
  if ((rounded >> (format.mantissa_bits + 1)) != 0) {
    rounded >>= 1;
    ++biased;
  }
  if (biased <= 0) return zero(format, negative);
  if (biased >= static_cast<int>(low_bits(format.exponent_bits))) return infinity(format, negative);
  return zero(format, negative) | (static_cast<std::uint64_t>(biased) << format.mantissa_bits) |
         (rounded & low_bits(format.mantissa_bits));
}

}  // namespace sluice::fp
