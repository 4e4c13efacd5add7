#include <algorithm>
#include <cmath>
#include <numbers>

#include "frontend/ops/functions/float_fields.hpp"
#include "frontend/ops/functions/functions.hpp"
#include "frontend/ops/functions/piecewise.hpp"

/// e^x = 2^n e^r: n is about x / ln 2, estimated from few bits and never too large, and r = x - n ln 2 lies in [0, 0.74),
/// so that a table finds e^r without a correction step.
namespace sluice::functions {
namespace {

constexpr int kEstimateFraction = 5;   // fraction bits of x that estimate n
constexpr int kInverseFraction = 14;   // fraction bits of 1 / ln 2 in the estimate
constexpr double kLargestRest = 0.75;  // bound of r

/// The constants' and the result's precision: relative errors stay below a sixteenth of an ulp.
int working_bits(FloatFormat format) { return format.mantissa_bits + 7; }

Piecewise table(FloatFormat format) {
  const int segment_bits = format.mantissa_bits > 12 ? 7 : 4;
  const int last = static_cast<int>(kLargestRest * (1 << segment_bits)) - 1;
  return fit("exp", segment_bits, 2, working_bits(format), [=](int segment, double u) {
    return std::exp(std::ldexp(abscissa(std::min(segment, last), u), -segment_bits));
  });
}

/// floor(x / ln 2) or, near the next integer, one less.
Value estimate(NestBuilder& nest, Value x, int fraction_bits, int width) {
  const int top_width = nest.type(x).width() - (fraction_bits - kEstimateFraction);
  const Value top = shifted_right(nest, x, fraction_bits - kEstimateFraction, s(top_width));
  const auto inverse = std::llround(std::ldexp(std::numbers::log2e, kInverseFraction));
  const int point = kEstimateFraction + kInverseFraction;
  const ScalarType type = s(top_width + kInverseFraction + 1);
  // The rounded constant is off by up to 0.004 at the largest x: that much less, and the estimate is never too large.
  const auto margin = std::llround(std::ldexp(0.005, point));
  const Value product = nest.multiply(top, nest.integer(u(kInverseFraction + 1), inverse), type);
  return shifted_right(nest, nest.subtract(product, nest.integer(type, margin), type), point, s(width));
}

}  // namespace

Value exponential(NestBuilder& nest, Value x) {
  const FloatFields fields = split(nest, x);
  const FloatFormat format = fields.format;
  const int e = format.exponent_bits;
  const int m = format.mantissa_bits;
  const int f = working_bits(format);

  // Beyond 2^(e-1) the result overflows or vanishes.
  const FixedMagnitude magnitude = fixed_magnitude(nest, fields, e - 1, f);
  const ScalarType fixed = s(e + f);
  const Value argument = nest.select(fields.sign, nest.unary(Opcode::negate, magnitude.value, fixed),
                                     nest.convert(magnitude.value, fixed));
  const Value n = estimate(nest, argument, f, e + 1);
  const int ln2_bits = f + e + 1;
  const auto ln2 = std::llround(std::ldexp(std::numbers::ln2, ln2_bits));
  const Value multiple = nest.multiply(n, nest.integer(u(ln2_bits), ln2), s(ln2_bits + e + 1));
  const Value rest = nest.subtract(argument, shifted_right(nest, multiple, e + 1, fixed), u(f));

  const Piecewise pieces = table(format);
  const auto [segment, offset] = position(nest, rest, pieces.segment_bits);
  const Value power = nest.convert(evaluate(nest, pieces, segment, offset), u(f + 2));
  const Value doubled = slice(nest, power, f + 1, 1);
  const Value normal = nest.select(doubled, slice(nest, power, 1, f + 1), slice(nest, power, 0, f + 1));

  // The significand's hidden one adds 1 to the exponent below it, and so does a carry out of the rounding.
  const ScalarType wide = s(e + 2 + m);
  const Value biased = nest.add(nest.add(n, nest.integer(s(e + 1), bias(format) - 1), s(e + 2)), doubled, s(e + 2));
  const Value rounded = shifted_right(nest, nest.add(normal, nest.integer(u(f - m), std::int64_t{1} << (f - m - 1)), u(f + 2)),
                                      f - m, u(m + 2));
  const Value packed = nest.add(shifted_left(nest, biased, m, wide), rounded, wide);

  const std::int64_t least = std::int64_t{1} << m;
  const auto infinite = static_cast<std::int64_t>(fp::infinity(format, false));
  const ScalarType bits = u(e + 2 + m);
  const Value in_range = nest.compare(Opcode::less, nest.subtract(packed, nest.integer(wide, least), bits),
                                      nest.integer(bits, infinite - least));
  const Value good = nest.binary(Opcode::bit_and, in_range, nest.unary(Opcode::bit_not, magnitude.too_large));
  const ScalarType type = ScalarType::floating(format);
  const Value limit = nest.select(fields.sign, nest.constant(type, 0), nest.constant(type, fp::infinity(format, false)));
  const Value value = nest.select(good, nest.bitcast(nest.convert(packed, u(format.width())), type), limit);
  return nest.select(fields.nan, nest.constant(type, fp::quiet_nan(format)), value);
}

}  // namespace sluice::functions
