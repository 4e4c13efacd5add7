#include "frontend/ops/functions/float_fields.hpp"

#include <algorithm>

namespace sluice::functions {

Value slice(NestBuilder& nest, Value value, int low, int width) { return shifted_right(nest, value, low, u(width)); }

Value shifted_left(NestBuilder& nest, Value value, int amount, ScalarType type) {
  const Value wide = nest.convert(value, type);
  return amount == 0 ? wide : nest.binary(Opcode::shift_left, wide, nest.integer(u(6), amount));
}

Value shifted_right(NestBuilder& nest, Value value, int amount, ScalarType type) {
  const Value moved = amount == 0 ? value : nest.binary(Opcode::shift_right, value, nest.integer(u(6), amount));
  return nest.type(moved) == type ? moved : nest.convert(moved, type);
}

FloatFields split(NestBuilder& nest, Value x) {
  const FloatFormat format = nest.type(x).format();
  const int e = format.exponent_bits;
  const int m = format.mantissa_bits;
  FloatFields fields;
  fields.format = format;
  const Value bits = nest.bitcast(x, u(format.width()));
  fields.sign = slice(nest, bits, e + m, 1);
  fields.exponent = slice(nest, bits, m, e);
  fields.fraction = slice(nest, bits, 0, m);
  fields.significand =
      nest.binary(Opcode::bit_or, fields.fraction, nest.integer(u(m + 1), std::int64_t{1} << m), u(m + 1));
  const auto infinity = static_cast<std::int64_t>(fp::infinity(format, false));
  fields.nan = nest.compare(Opcode::less, nest.integer(u(e + m), infinity), slice(nest, bits, 0, e + m));
  return fields;
}

Value is_zero(NestBuilder& nest, const FloatFields& x) {
  return nest.compare(Opcode::equal, x.exponent, nest.integer(nest.type(x.exponent), 0));
}

Value is_infinite_or_nan(NestBuilder& nest, const FloatFields& x) {
  const auto largest = static_cast<std::int64_t>(low_bits(x.format.exponent_bits));
  return nest.compare(Opcode::equal, x.exponent, nest.integer(nest.type(x.exponent), largest));
}

FixedMagnitude fixed_magnitude(NestBuilder& nest, const FloatFields& x, int integer_bits, int fraction_bits) {
  const int e = x.format.exponent_bits;
  const int m = x.format.mantissa_bits;
  // The significand at the place that it has for the largest exponent, then moved down for smaller ones. Exponents
  // above make the amount wrap, which does no harm: `too_large` says so.
  const int largest = bias(x.format) + integer_bits - 1;
  const Value aligned =
      shifted_left(nest, x.significand, integer_bits - 1 + fraction_bits - m, u(integer_bits + fraction_bits));
  const Value amount = nest.subtract(nest.integer(u(e), largest), x.exponent, u(e));
  return {.value = nest.binary(Opcode::shift_right, aligned, amount),
          .too_large = nest.compare(Opcode::less, nest.integer(u(e), largest), x.exponent)};
}

Value scaled_float(NestBuilder& nest, Value fixed, int fraction_bits, FloatFormat format) {
  // The integer itself may exceed a narrow format: its exponent has eight bits until it is scaled.
  const FloatFormat wide{std::max(format.exponent_bits, 8), format.mantissa_bits};
  const ScalarType bits = u(wide.width());
  const Value whole = nest.convert(fixed, ScalarType::floating(wide));
  const auto step = static_cast<std::int64_t>(fraction_bits) << wide.mantissa_bits;
  const Value moved =
      nest.bitcast(nest.subtract(nest.bitcast(whole, bits), nest.integer(bits, step)), ScalarType::floating(wide));
  const Value zero = nest.compare(Opcode::equal, fixed, nest.integer(nest.type(fixed), 0));
  const Value scaled = nest.select(zero, whole, moved);
  return wide == format ? scaled : nest.convert(scaled, ScalarType::floating(format));
}

}  // namespace sluice::functions
