#include "frontend/ops/functions/power.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "frontend/ops/functions/piecewise.hpp"

/// e^x = 2^n e^r: n is about x / ln 2, estimated from few bits and never too large, and r = x - n ln 2 lies in [0,
/// 0.74), so that a table finds e^r without a correction step.
namespace sluice::functions {
namespace {

constexpr int kEstimateFraction = 5;   // fraction bits of x that estimate n
constexpr int kInverseFraction = 14;   // fraction bits of 1 / ln 2 in the estimate
constexpr double kLargestRest = 0.75;  // bound of r

/// A table of a function on [0, 1) that doubles at most a little more than once.
Piecewise fit_power(const char* name, FloatFormat format, const std::function<double(double)>& function) {
  const int segment_bits = format.mantissa_bits > 12 ? 7 : 4;
  return fit(name, segment_bits, 2, power_bits(format),
             [&](int segment, double u) { return function(std::ldexp(abscissa(segment, u), -segment_bits)); });
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

Normal normalized(NestBuilder& nest, Value number, int fraction_bits) {
  const Value halved = slice(nest, number, fraction_bits + 1, 1);
  const int width = fraction_bits + 1;
  return {nest.select(halved, slice(nest, number, 1, width), slice(nest, number, 0, width)), halved};
}

Power natural_power(NestBuilder& nest, const FloatFields& x) {
  const int e = x.format.exponent_bits;
  const int f = power_bits(x.format);
  // Beyond 2^(e-1) the result overflows or vanishes.
  const FixedMagnitude magnitude = fixed_magnitude(nest, x, e - 1, f);
  const ScalarType fixed = s(e + f);
  const Value argument =
      nest.select(x.sign, nest.unary(Opcode::negate, magnitude.value, fixed), nest.convert(magnitude.value, fixed));
  const Value n = estimate(nest, argument, f, e + 1);
  const int ln2_bits = f + e + 1;
  const auto ln2 = std::llround(std::ldexp(std::numbers::ln2, ln2_bits));
  const Value multiple = nest.multiply(n, nest.integer(u(ln2_bits), ln2), s(ln2_bits + e + 1));
  const Value rest = nest.subtract(argument, shifted_right(nest, multiple, e + 1, fixed), u(f));

  const Piecewise pieces = fit_power("exp", x.format, [](double r) { return std::exp(std::min(r, kLargestRest)); });
  const auto [segment, offset] = position(nest, rest, pieces.segment_bits);
  const auto [significand, halved] = normalized(nest, evaluate(nest, pieces, segment, offset), f);
  return {.exponent = nest.add(n, halved, s(e + 2)), .significand = significand, .too_large = magnitude.too_large};
}

Power binary_power(NestBuilder& nest, const FloatFields& x, FloatFormat format) {
  const int e = format.exponent_bits;
  const int f = power_bits(format);
  const FixedMagnitude magnitude = fixed_magnitude(nest, x, e, f);
  const ScalarType fixed = s(e + f + 1);
  const Value argument =
      nest.select(x.sign, nest.unary(Opcode::negate, magnitude.value, fixed), nest.convert(magnitude.value, fixed));
  const Piecewise pieces = fit_power("exp2", format, [](double rest) { return std::exp2(rest); });
  const auto [segment, offset] = position(nest, slice(nest, argument, 0, f), pieces.segment_bits);
  const auto [significand, halved] = normalized(nest, evaluate(nest, pieces, segment, offset), f);
  const Value exponent = nest.add(shifted_right(nest, argument, f, s(e + 1)), halved, s(e + 2));
  return {.exponent = exponent, .significand = significand, .too_large = magnitude.too_large};
}

Value rounded(NestBuilder& nest, const Power& power, FloatFormat format, Value limit) {
  const int e = format.exponent_bits;
  const int m = format.mantissa_bits;
  const int fraction = nest.type(power.significand).width() - 1;
  // The significand's top bit adds 1 to the exponent below it, and so does a carry out of the rounding.
  const ScalarType wide = s(e + 2 + m);
  const Value exponent = nest.add(power.exponent, nest.integer(u(e), bias(format) - 1), s(e + 2));
  const Value half = nest.integer(u(fraction - m), std::int64_t{1} << (fraction - m - 1));
  const Value significand =
      shifted_right(nest, nest.add(power.significand, half, u(fraction + 2)), fraction - m, u(m + 2));
  const Value packed = nest.add(shifted_left(nest, exponent, m, wide), significand, wide);

  const std::int64_t least = std::int64_t{1} << m;
  const auto infinite = static_cast<std::int64_t>(fp::infinity(format, false));
  const ScalarType bits = u(e + 2 + m);
  const Value in_range = nest.compare(Opcode::less, nest.subtract(packed, nest.integer(wide, least), bits),
                                      nest.integer(bits, infinite - least));
  const Value good = nest.binary(Opcode::bit_and, in_range, nest.unary(Opcode::bit_not, power.too_large));
  const ScalarType type = ScalarType::floating(format);
  return nest.select(good, nest.bitcast(nest.convert(packed, u(format.width())), type), limit);
}

}  // namespace sluice::functions
