#pragma once

#include "core/kernel/builder.hpp"

/// Taking floats apart and putting them together with integer operations: wires, shifts and small adders in hardware.
namespace sluice::functions {

/// Types of the integers that the functions compute with.
constexpr ScalarType u(int width) { return ScalarType::unsigned_integer(width); }
constexpr ScalarType s(int width) { return ScalarType::signed_integer(width); }

constexpr int bias(FloatFormat format) { return (1 << (format.exponent_bits - 1)) - 1; }

/// A float value of the body in its parts.
struct FloatFields {
  FloatFormat format;
  Value sign;         ///< u1
  Value exponent;     ///< biased, unsigned
  Value fraction;     ///< without the hidden bit, unsigned
  Value significand;  ///< with the hidden bit; meaningless for zeros and subnormals
  Value nan;          ///< u1
};

FloatFields split(NestBuilder& nest, Value x);

Value is_zero(NestBuilder& nest, const FloatFields& x);             ///< u1; subnormals count
Value is_infinite_or_nan(NestBuilder& nest, const FloatFields& x);  ///< u1

/// Bits `low` .. `low + width - 1`, unsigned.
Value slice(NestBuilder& nest, Value value, int low, int width);

/// value << amount and value >> amount by a constant, in another type.
Value shifted_left(NestBuilder& nest, Value value, int amount, ScalarType type);
Value shifted_right(NestBuilder& nest, Value value, int amount, ScalarType type);

/// |x| in fixed point, truncated: unsigned with `integer_bits` + `fraction_bits` bits. Right where `x` is below
/// 2^integer_bits; elsewhere `too_large` is 1.
struct FixedMagnitude {
  Value value;
  Value too_large;  ///< u1; also for infinities and NaN
};
FixedMagnitude fixed_magnitude(NestBuilder& nest, const FloatFields& x, int integer_bits, int fraction_bits);

/// An integer that counts 2^-fraction_bits, rounded once to a float. Its magnitude must lie within the format's range.
Value scaled_float(NestBuilder& nest, Value fixed, int fraction_bits, FloatFormat format);

}  // namespace sluice::functions
