#pragma once

#include "frontend/ops/functions/float_fields.hpp"

/// Powers on their way to a float: significand x 2^exponent.
namespace sluice::functions {

struct Power {
  Value exponent;     ///< signed, not biased
  Value significand;  ///< unsigned, in [1, 2): the top bit is 1, all others are fraction
  Value too_large;    ///< u1: the argument was so large that the other parts mean nothing
};

/// Fraction bits of the significands of powers: their relative error stays below a sixteenth of a unit in the last
/// place.
constexpr int power_bits(FloatFormat format) { return format.mantissa_bits + 7; }

/// e^x, with power_bits; of a NaN, anything.
Power natural_power(NestBuilder& nest, const FloatFields& x);

/// 2^x for a result of `format`; x may have another format, with at least as many exponent bits.
Power binary_power(NestBuilder& nest, const FloatFields& x, FloatFormat format);

/// The significand of a number in [1, 4) with `fraction_bits`, and whether it had to be halved.
struct Normal {
  Value significand;
  Value halved;
};
Normal normalized(NestBuilder& nest, Value number, int fraction_bits);

/// Rounds to a float; `limit` where the power is too large, or the result would not be a normal number.
Value rounded(NestBuilder& nest, const Power& power, FloatFormat format, Value limit);

}  // namespace sluice::functions
