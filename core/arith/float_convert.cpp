#include <bit>
#include <cmath>
#include <limits>

#include "core/arith/float_ops.hpp"
#include "core/arith/float_parts.hpp"

namespace sluice::fp {

namespace {

std::uint64_t largest(ScalarType type) { return low_bits(type.is_signed() ? type.width() - 1 : type.width()); }
std::uint64_t smallest(ScalarType type) { return type.is_signed() ? largest(type) + 1 : 0; }

bool rounds_away(Rounding rounding, bool negative, bool odd, bool half, bool rest) {
  switch (rounding) {
    case Rounding::nearest_even:
      return half && (rest || odd);
    case Rounding::toward_zero:
      return false;
    case Rounding::down:
      return negative && (half || rest);
    case Rounding::up:
      return !negative && (half || rest);
  }
  return false;
}

/// |x| as an integer; 2^64 - 1 for everything from there on, which no integer type reaches with either sign.
std::uint64_t integer_magnitude(const Parts& x, Rounding rounding) {
  if (static_cast<int>(std::bit_width(x.significand)) + x.exponent > 64) return ~std::uint64_t{0};
  if (x.exponent >= 0) return x.significand << x.exponent;
  const int shift = -x.exponent;
  const std::uint64_t whole = shift < 64 ? x.significand >> shift : 0;
  const bool half = shift <= 64 && ((x.significand >> (shift - 1)) & 1) != 0;
  const bool rest = (x.significand & low_bits(shift > 64 ? 64 : shift - 1)) != 0;
  return whole + (rounds_away(rounding, x.negative, (whole & 1) != 0, half, rest) ? 1 : 0);
}

}  // namespace

std::uint64_t from_integer(FloatFormat format, ScalarType type, std::uint64_t a) {
  const std::int64_t value = to_int64(type, a);
  const bool negative = type.is_signed() && value < 0;
  const std::uint64_t magnitude = negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  return magnitude == 0 ? 0 : round_to(format, negative, 0, magnitude);
}

std::uint64_t to_integer(FloatFormat format, std::uint64_t a, ScalarType type, Rounding rounding) {
  const Parts x = unpack(format, a);
  if (x.is_nan() || x.is_zero()) return 0;
  if (x.is_infinite()) return x.negative ? smallest(type) : largest(type);
  const std::uint64_t magnitude = integer_magnitude(x, rounding);
  if (!x.negative) return magnitude > largest(type) ? largest(type) : magnitude;
  if (magnitude > smallest(type)) return smallest(type);
  return (0 - magnitude) & low_bits(type.width());
}

std::uint64_t convert(FloatFormat from, std::uint64_t a, FloatFormat to) {
  const Parts x = unpack(from, a);
  switch (x.kind) {
    case Parts::Kind::zero:
      return zero(to, x.negative);
    case Parts::Kind::infinite:
      return infinity(to, x.negative);
    case Parts::Kind::nan:
      return quiet_nan(to);
    case Parts::Kind::finite:
      break;
  }
  return round_to(to, x.negative, x.exponent, x.significand);
}

double to_double(FloatFormat format, std::uint64_t a) {
  const Parts x = unpack(format, a);
  const double sign = x.negative ? -1.0 : 1.0;
  switch (x.kind) {
    case Parts::Kind::infinite:
      return sign * std::numeric_limits<double>::infinity();
    case Parts::Kind::nan:
      return std::numeric_limits<double>::quiet_NaN();
    case Parts::Kind::zero: {
      const std::uint64_t fraction = a & low_bits(format.mantissa_bits);
      return sign * std::ldexp(static_cast<double>(fraction), 1 - bias(format) - format.mantissa_bits);
    }
    case Parts::Kind::finite:
      break;
  }
  return sign * std::ldexp(static_cast<double>(x.significand), x.exponent);
}

std::uint64_t from_double(FloatFormat format, double value) {
  return convert(kFloat64, std::bit_cast<std::uint64_t>(value), format);
}

}  // namespace sluice::fp
