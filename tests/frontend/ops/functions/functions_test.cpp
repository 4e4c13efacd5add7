#include "frontend/ops/functions/functions.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "core/kernel/interpreter.hpp"
#include "tests/frontend/support/ulp.hpp"

/// Measures the errors of the elementary functions over their whole range, against the host's libm in double precision.
namespace sluice {
namespace {

using Body = Value (*)(NestBuilder&, Value);
using Host = double (*)(double);

/// A kernel y[i] = function(x[i]).
Kernel kernel_of(Body body, FloatFormat format, std::int64_t count) {
  Kernel kernel;
  kernel.name = "function";
  const ScalarType type = ScalarType::floating(format);
  const ArrayId x = add_array(kernel, {"x", type, {count}, ArrayRole::input, "x", nullptr});
  const ArrayId y = add_array(kernel, {"y", type, {count}, ArrayRole::output, "y", nullptr});
  NestBuilder nest(kernel, "function");
  const AffineExpr i = nest.loop("i", count);
  nest.store(y, {i}, body(nest, nest.load(x, {i})));
  return kernel;
}

std::vector<std::uint64_t> run(Body body, FloatFormat format, const std::vector<std::uint64_t>& arguments) {
  const Kernel kernel = kernel_of(body, format, static_cast<std::int64_t>(arguments.size()));
  const Diagnostics wrong = verify(kernel);
  REQUIRE_MESSAGE(wrong.empty(), to_string(wrong));
  ArrayContents contents = initial_contents(kernel);
  contents[0] = arguments;
  const Diagnostics errors = execute(kernel, contents);
  REQUIRE_MESSAGE(errors.empty(), to_string(errors));
  return contents[1];
}

std::vector<std::uint64_t> arguments(FloatFormat format, std::uint64_t step) {
  std::vector<std::uint64_t> result;
  for (std::uint64_t bits = 0; bits <= low_bits(format.width()); bits += step) result.push_back(bits);
  const std::uint64_t sign = std::uint64_t{1} << (format.width() - 1);
  const std::uint64_t one = fp::from_double(format, 1.0);
  for (const std::uint64_t bits :
       {std::uint64_t{0}, std::uint64_t{1}, low_bits(format.mantissa_bits), low_bits(format.mantissa_bits) + 1, one,
        fp::infinity(format, false), fp::infinity(format, false) - 1, fp::quiet_nan(format),
        fp::infinity(format, false) + 1}) {
    result.push_back(bits);
    result.push_back(bits | sign);
  }
  // Where results overflow, vanish, or tables meet.
  for (const double centre :
       {88.72284, 87.33655, 11.0899, 9.70406, 0.25, 4.0, 16.0, 8.0, 1.0, 1.41421356, 0.70710678}) {
    const std::uint64_t bits = fp::from_double(format, centre);
    for (std::uint64_t near = bits - 200; near <= bits + 200; ++near) {
      result.push_back(near & low_bits(format.width()));
      result.push_back((near & low_bits(format.width())) | sign);
    }
  }
  return result;
}

void check(const std::string& name, Body body, Host host, FloatFormat format, double bound, std::uint64_t step) {
  CAPTURE(name);
  const auto xs = arguments(format, step);
  const auto ys = run(body, format, xs);
  double worst = 0;
  std::uint64_t where = 0;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    const double error = test::ulps(format, ys[i], host(test::argument_value(format, xs[i])));
    if (error > worst) {
      worst = error;
      where = xs[i];
    }
  }
  MESSAGE(name, " ", format.width(), "/", format.mantissa_bits, ": ", worst, " ulp at ", fp::to_double(format, where));
  CHECK(worst <= bound);
}

double host_sigmoid(double x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); }

void check_all(FloatFormat format, std::uint64_t step) {
  check("exp", functions::exponential, std::exp, format, 1, step);
  check("log", functions::logarithm, std::log, format, 1, step);
  check("tanh", functions::tangent_h, std::tanh, format, 2, step);
  check("erf", functions::error_function, std::erf, format, 2, step);
  check("sigmoid", functions::sigmoid, host_sigmoid, format, 1, step);
}

}  // namespace

TEST_CASE("functions keep their bounds on float32, sampled") { check_all(kFloat32, 14983); }

TEST_CASE("functions keep their bounds on every float16") { check_all(kFloat16, 1); }

TEST_CASE("functions keep their bounds on every bfloat16") { check_all(kBfloat16, 1); }

TEST_SUITE("slow") {
  TEST_CASE("functions keep their bounds on densely sampled float32") { check_all(kFloat32, 257); }
}

}  // namespace sluice
