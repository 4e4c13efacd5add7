#include <cmath>
#include <string>

#include "frontend/ops/functions/float_fields.hpp"
#include "frontend/ops/functions/functions.hpp"
#include "frontend/ops/functions/piecewise.hpp"

/// tanh and erf: odd functions that run into 1. In segments of 1/16, f itself comes from a table; near zero, where
/// relative precision counts, the table has f(x) / x and a floating-point product follows.
namespace sluice::functions {
namespace {

struct OddFunction {
  std::string name;
  double (*value)(double);
  int integer_bits;  ///< f rounds to 1 from 2^integer_bits on
};

constexpr int kSegmentsPerUnit = 4;  // as a power of two
constexpr int kQuotientBelow = 2;    // the table has quotients below 2^-2

/// Fraction bits of the argument and of the table.
int argument_bits(FloatFormat format) { return format.mantissa_bits + 6; }
int working_bits(FloatFormat format) { return format.mantissa_bits + 8; }

Piecewise table(const OddFunction& function, FloatFormat format) {
  const int degree = format.mantissa_bits > 12 ? 4 : 2;
  return fit(function.name, function.integer_bits + kSegmentsPerUnit, degree, working_bits(format),
             [&](int segment, double u) {
               const double x = std::ldexp(abscissa(segment, u), -kSegmentsPerUnit);
               const bool quotient = segment < 1 << (kSegmentsPerUnit - kQuotientBelow);
               return quotient ? function.value(x) / x : function.value(x);
             });
}

Value odd_function(NestBuilder& nest, const OddFunction& function, Value x) {
  const FloatFields fields = split(nest, x);
  const FloatFormat format = fields.format;
  const ScalarType type = ScalarType::floating(format);
  const int e = format.exponent_bits;
  const FixedMagnitude magnitude = fixed_magnitude(nest, fields, function.integer_bits, argument_bits(format));
  const Piecewise pieces = table(function, format);
  const auto [segment, offset] = position(nest, magnitude.value, pieces.segment_bits);
  const Value entry = scaled_float(nest, evaluate(nest, pieces, segment, offset), pieces.fraction_bits, format);

  const Value one = nest.constant(format, 1.0);
  const Value size = nest.select(magnitude.too_large, one, entry);
  const Value large = nest.select(fields.sign, nest.unary(Opcode::negate, size), size);
  const Value near_zero =
      nest.compare(Opcode::less, fields.exponent, nest.integer(u(e), bias(format) - kQuotientBelow));
  const Value value = nest.select(near_zero, nest.multiply(x, entry), large);
  return nest.select(fields.nan, nest.constant(type, fp::quiet_nan(format)), value);
}

}  // namespace

Value tangent_h(NestBuilder& nest, Value x) { return odd_function(nest, {"tanh", std::tanh, 4}, x); }

Value error_function(NestBuilder& nest, Value x) { return odd_function(nest, {"erf", std::erf, 2}, x); }

}  // namespace sluice::functions
