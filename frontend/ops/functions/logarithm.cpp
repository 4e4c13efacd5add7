#include <cmath>
#include <numbers>

#include "frontend/ops/functions/float_fields.hpp"
#include "frontend/ops/functions/functions.hpp"
#include "frontend/ops/functions/piecewise.hpp"

/// log x = e ln 2 + z g(z) with x = 2^e (1 + z), z from about -0.3 to 0.41, and g(z) = log(1 + z) / z from a table. The
/// product keeps the relative precision of z, so the result is as good near x = 1 as elsewhere; where e is not 0, both terms
/// can't cancel, for |z g(z)| < 0.35.
namespace sluice::functions {
namespace {

int working_bits(FloatFormat format) { return format.mantissa_bits + 6; }
int segment_bits(FloatFormat format) { return format.mantissa_bits > 12 ? 7 : 4; }

/// Segments of the fraction from which on x is taken as (1 + fraction) / 2: at about the square root of 2.
int first_halved(FloatFormat format) {
  return static_cast<int>(std::ceil(std::ldexp(std::numbers::sqrt2 - 1, segment_bits(format))));
}

Piecewise table(FloatFormat format) {
  return fit("log", segment_bits(format), 2, working_bits(format), [=](int segment, double u) {
    const double fraction = std::ldexp(abscissa(segment, u), -segment_bits(format));
    const double z = segment < first_halved(format) ? fraction : (fraction - 1) / 2;
    return std::log1p(z) / z;
  });
}

}  // namespace

Value logarithm(NestBuilder& nest, Value x) {
  const FloatFields fields = split(nest, x);
  const FloatFormat format = fields.format;
  const int e = format.exponent_bits;
  const int m = format.mantissa_bits;
  const int f = working_bits(format);

  const auto [segment, offset] = position(nest, fields.fraction, segment_bits(format));
  const Value halved = nest.compare(Opcode::less_equal, nest.integer(u(segment_bits(format)), first_halved(format)), segment);
  const Value exponent = nest.add(nest.subtract(fields.exponent, nest.integer(u(e), bias(format)), s(e + 1)), halved, s(e + 1));
  // In units of 2^-(m+1): fraction, or (fraction - 1) / 2.
  const ScalarType z_type = s(m + 2);
  const Value z = nest.select(halved, nest.subtract(fields.fraction, nest.integer(u(m + 1), std::int64_t{1} << m), z_type),
                              shifted_left(nest, fields.fraction, 1, z_type));

  const int point = m + 1 + f;
  const Value slope = evaluate(nest, table(format), segment, offset);
  const Value mantissa_part = nest.multiply(z, slope, s(point + 1));
  const int ln2_bits = f + 3;
  const auto ln2 = std::llround(std::ldexp(std::numbers::ln2, ln2_bits));
  const Value multiple = nest.multiply(exponent, nest.integer(u(ln2_bits), ln2), s(ln2_bits + e));
  const ScalarType sum_type = s(point + e);
  const Value sum = nest.add(shifted_left(nest, multiple, point - ln2_bits, sum_type), mantissa_part, sum_type);
  const Value regular = scaled_float(nest, sum, point, format);

  const ScalarType type = ScalarType::floating(format);
  const Value zero = nest.compare(Opcode::equal, fields.exponent, nest.integer(u(e), 0));
  const Value infinite = nest.compare(Opcode::equal, fields.exponent, nest.integer(u(e), low_bits(e)));
  const Value invalid = nest.binary(Opcode::bit_or, fields.nan, fields.sign);
  const Value positive = nest.select(infinite, x, regular);
  const Value valid = nest.select(invalid, nest.constant(type, fp::quiet_nan(format)), positive);
  return nest.select(zero, nest.constant(type, fp::infinity(format, true)), valid);
}

}  // namespace sluice::functions
