#include "frontend/ops/functions/logarithm.hpp"

#include <cmath>
#include <numbers>

#include "frontend/ops/functions/functions.hpp"
#include "frontend/ops/functions/piecewise.hpp"

/// log x = e ln 2 + z g(z) with x = 2^e (1 + z), z from about -0.3 to 0.41, and g(z) = log(1 + z) / z from a table. The
/// product keeps the relative precision of z, so the result is as good near x = 1 as elsewhere; where e is not 0, both
/// terms can't cancel, for |z g(z)| < 0.35.
namespace sluice::functions {
namespace {

/// Base 2 is for powers, where an exponent multiplies the error: as many bits as 64-bit sums hold.
int working_bits(FloatFormat format, Base base) { return format.mantissa_bits + (base == Base::two ? 9 : 6); }
int degree(Base base) { return base == Base::two ? 3 : 2; }
int segment_bits(FloatFormat format) { return format.mantissa_bits > 12 ? 7 : 4; }

/// Segments of the fraction from which on x is taken as (1 + fraction) / 2: at about the square root of 2.
int first_halved(FloatFormat format) {
  return static_cast<int>(std::ceil(std::ldexp(std::numbers::sqrt2 - 1, segment_bits(format))));
}

Piecewise table(FloatFormat format, Base base) {
  const double unit = base == Base::two ? std::numbers::log2e : 1;
  return fit(base == Base::two ? "log2" : "log", segment_bits(format), degree(base), working_bits(format, base),
             [=](int segment, double u) {
               const double fraction = std::ldexp(abscissa(segment, u), -segment_bits(format));
               const double z = segment < first_halved(format) ? fraction : (fraction - 1) / 2;
               return std::log1p(z) / z * unit;
             });
}

}  // namespace

FixedLogarithm fixed_logarithm(NestBuilder& nest, const FloatFields& x, Base base) {
  const FloatFormat format = x.format;
  const int e = format.exponent_bits;
  const int m = format.mantissa_bits;
  const int f = working_bits(format, base);

  const auto [segment, offset] = position(nest, x.fraction, segment_bits(format));
  const Value halved =
      nest.compare(Opcode::less_equal, nest.integer(u(segment_bits(format)), first_halved(format)), segment);
  const Value exponent =
      nest.add(nest.subtract(x.exponent, nest.integer(u(e), bias(format)), s(e + 1)), halved, s(e + 1));
  // In units of 2^-(m+1): fraction, or (fraction - 1) / 2.
  const ScalarType z_type = s(m + 2);
  const Value z = nest.select(halved, nest.subtract(x.fraction, nest.integer(u(m + 1), std::int64_t{1} << m), z_type),
                              shifted_left(nest, x.fraction, 1, z_type));

  const int point = m + 1 + f;
  const ScalarType sum_type = s(point + e);
  const Value slope = evaluate(nest, table(format, base), segment, offset);
  const Value mantissa_part = nest.multiply(z, slope, s(point + 1));
  const int unit_bits = base == Base::two ? 0 : f + 3;
  Value multiple = exponent;
  if (base == Base::natural) {
    const auto ln2 = std::llround(std::ldexp(std::numbers::ln2, unit_bits));
    multiple = nest.multiply(exponent, nest.integer(u(unit_bits), ln2), s(unit_bits + e));
  }
  return {nest.add(shifted_left(nest, multiple, point - unit_bits, sum_type), mantissa_part, sum_type), point};
}

Value logarithm(NestBuilder& nest, Value x) {
  const FloatFields fields = split(nest, x);
  const FloatFormat format = fields.format;
  const auto [sum, fraction_bits] = fixed_logarithm(nest, fields, Base::natural);
  const Value regular = scaled_float(nest, sum, fraction_bits, format);
  const ScalarType type = ScalarType::floating(format);
  const Value invalid = nest.binary(Opcode::bit_or, fields.nan, fields.sign);
  const Value positive = nest.select(is_infinite_or_nan(nest, fields), x, regular);
  const Value valid = nest.select(invalid, nest.constant(type, fp::quiet_nan(format)), positive);
  return nest.select(is_zero(nest, fields), nest.constant(type, fp::infinity(format, true)), valid);
}

}  // namespace sluice::functions
