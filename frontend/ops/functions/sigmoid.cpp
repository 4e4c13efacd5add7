#include <cmath>

#include "frontend/ops/functions/functions.hpp"
#include "frontend/ops/functions/piecewise.hpp"
#include "frontend/ops/functions/power.hpp"

/// With p = e^-|x| in (0, 1] and q = 1 / (1 + p) from a table: q for positive x, p q for negative, where the result is
/// small and p keeps its relative precision.
namespace sluice::functions {
namespace {

Piecewise table(FloatFormat format) {
  const int segment_bits = format.mantissa_bits > 12 ? 6 : 4;
  const int degree = format.mantissa_bits > 12 ? 3 : 2;
  return fit("sigmoid", segment_bits, degree, power_bits(format),
             [=](int segment, double u) { return 1 / (1 + std::ldexp(abscissa(segment, u), -segment_bits)); });
}

/// q, from p as a fraction; of a p that is 1, the largest fraction is taken.
Value complement(NestBuilder& nest, const Power& power, FloatFormat format) {
  const int f = power_bits(format);
  const int e = format.exponent_bits;
  const Value places = nest.unary(Opcode::negate, power.exponent, u(e + 1));
  const Value whole = nest.binary(Opcode::shift_right, power.significand, places);
  const Value fraction = nest.binary(Opcode::minimum, whole, nest.integer(u(f), low_bits(f)), u(f));
  const Value p = nest.select(power.too_large, nest.integer(u(f), 0), fraction);
  const Piecewise pieces = table(format);
  const auto [segment, offset] = position(nest, p, pieces.segment_bits);
  return evaluate(nest, pieces, segment, offset);
}

}  // namespace

Value sigmoid(NestBuilder& nest, Value x) {
  const FloatFields fields = split(nest, x);
  const FloatFormat format = fields.format;
  const ScalarType type = ScalarType::floating(format);
  const int f = power_bits(format);
  FloatFields falling = fields;  // -|x|
  falling.sign = nest.constant(ScalarType::boolean(), 1);
  const Power power = natural_power(nest, falling);
  const Value q = complement(nest, power, format);

  // Operands of the product with two bits less than the table's: their truncation stays below a sixteenth of an ulp.
  const int kept = f - 2;
  const Value size = nest.select(fields.sign, shifted_right(nest, power.significand, 2, u(kept + 1)),
                                 nest.integer(u(kept + 1), std::int64_t{1} << kept));
  const Value product = nest.multiply(size, shifted_right(nest, q, 2, u(kept + 1)), u(2 * kept + 2));
  // In [1/2, 2): once more doubled, it is a number in [1, 4).
  const auto [significand, halved] = normalized(nest, shifted_left(nest, product, 1, u(2 * kept + 2)), 2 * kept);
  const ScalarType exponent_type = s(format.exponent_bits + 2);
  const Value start = nest.select(fields.sign, power.exponent, nest.integer(exponent_type, 0));
  const Value exponent = nest.subtract(nest.add(start, halved, exponent_type), nest.integer(u(1), 1), exponent_type);

  const Value beyond = nest.binary(Opcode::bit_and, power.too_large, fields.sign);
  const Value value = rounded(nest, {exponent, significand, beyond}, format, nest.constant(type, 0));
  return nest.select(fields.nan, nest.constant(type, fp::quiet_nan(format)), value);
}

}  // namespace sluice::functions
