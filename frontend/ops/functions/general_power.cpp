#include "frontend/ops/functions/functions.hpp"
#include "frontend/ops/functions/logarithm.hpp"
#include "frontend/ops/functions/power.hpp"

/// x^y = 2^(y log2 |x|), with the product in a float format of more mantissa bits: its absolute error is what the
/// result's relative error becomes.
namespace sluice::functions {
namespace {

Value both(NestBuilder& nest, Value a, Value b) { return nest.binary(Opcode::bit_and, a, b); }
Value either(NestBuilder& nest, Value a, Value b) { return nest.binary(Opcode::bit_or, a, b); }
Value none(NestBuilder& nest, Value a) { return nest.unary(Opcode::bit_not, a); }

/// y log2 |x|.
Value product(NestBuilder& nest, const FloatFields& x, Value y) {
  const FloatFormat wide{8, power_bits(x.format) + 2};
  const ScalarType type = ScalarType::floating(wide);
  const auto [sum, fraction_bits] = fixed_logarithm(nest, x, Base::two);
  const Value regular = scaled_float(nest, sum, fraction_bits, wide);
  const Value large = nest.select(is_infinite_or_nan(nest, x), nest.constant(type, fp::infinity(wide, false)), regular);
  const Value logarithm = nest.select(is_zero(nest, x), nest.constant(type, fp::infinity(wide, true)), large);
  return nest.multiply(logarithm, nest.convert(y, type));
}

struct Parity {
  Value whole;  ///< u1: the number is an integer (or infinite)
  Value odd;    ///< u1
};

Parity parity(NestBuilder& nest, const FloatFields& y) {
  const int m = y.format.mantissa_bits;
  const FixedMagnitude magnitude = fixed_magnitude(nest, y, m + 2, m);  // beyond, all are even
  const Value fraction = slice(nest, magnitude.value, 0, m);
  const Value at_least_one =
      nest.compare(Opcode::less_equal, nest.integer(nest.type(y.exponent), bias(y.format)), y.exponent);
  const Value no_fraction = nest.compare(Opcode::equal, fraction, nest.integer(u(m), 0));
  const Value whole = either(nest, magnitude.too_large, both(nest, at_least_one, no_fraction));
  const Value odd = both(nest, slice(nest, magnitude.value, m, 1), none(nest, magnitude.too_large));
  return {whole, both(nest, whole, odd)};
}

}  // namespace

Value general_power(NestBuilder& nest, Value x, Value y) {
  const FloatFields base = split(nest, x);
  const FloatFields exponent = split(nest, y);
  const FloatFormat format = base.format;
  const ScalarType type = ScalarType::floating(format);
  const FloatFields argument = split(nest, product(nest, base, y));
  const Value limit =
      nest.select(argument.sign, nest.constant(type, 0), nest.constant(type, fp::infinity(format, false)));
  const Value size = rounded(nest, binary_power(nest, argument, format), format, limit);

  const auto [whole, odd] = parity(nest, exponent);
  const Value value = nest.select(both(nest, base.sign, odd), nest.unary(Opcode::negate, size), size);
  const Value base_finite = none(nest, either(nest, is_zero(nest, base), is_infinite_or_nan(nest, base)));
  const Value invalid = both(nest, both(nest, base.sign, base_finite), none(nest, whole));
  const Value nan = either(nest, invalid, either(nest, base.nan, exponent.nan));
  const Value regular = nest.select(nan, nest.constant(type, fp::quiet_nan(format)), value);

  const Value one = nest.constant(format, 1.0);
  const Value base_one = nest.compare(Opcode::equal, nest.unary(Opcode::absolute, x), one);
  const Value infinite_exponent = both(nest, is_infinite_or_nan(nest, exponent), none(nest, exponent.nan));
  const Value any_exponent = either(nest, none(nest, base.sign), infinite_exponent);
  const Value gives_one = either(nest, is_zero(nest, exponent), both(nest, base_one, any_exponent));
  return nest.select(gives_one, one, regular);
}

}  // namespace sluice::functions
