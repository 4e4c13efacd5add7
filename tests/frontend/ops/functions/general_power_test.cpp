#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "core/kernel/interpreter.hpp"
#include "frontend/ops/functions/functions.hpp"
#include "tests/frontend/support/ulp.hpp"

namespace sluice {
namespace {

struct Pairs {
  std::vector<std::uint64_t> x, y;
};

std::vector<std::uint64_t> powers(FloatFormat format, const Pairs& pairs) {
  Kernel kernel;
  kernel.name = "power";
  const ScalarType type = ScalarType::floating(format);
  const auto count = static_cast<std::int64_t>(pairs.x.size());
  const ArrayId x = add_array(kernel, {"x", type, {count}, ArrayRole::input, "x", nullptr});
  const ArrayId y = add_array(kernel, {"y", type, {count}, ArrayRole::input, "y", nullptr});
  const ArrayId z = add_array(kernel, {"z", type, {count}, ArrayRole::output, "z", nullptr});
  NestBuilder nest(kernel, "power");
  const AffineExpr i = nest.loop("i", count);
  nest.store(z, {i}, functions::general_power(nest, nest.load(x, {i}), nest.load(y, {i})));
  const Diagnostics wrong = verify(kernel);
  REQUIRE_MESSAGE(wrong.empty(), to_string(wrong));
  ArrayContents contents = initial_contents(kernel);
  contents[0] = pairs.x;
  contents[1] = pairs.y;
  const Diagnostics errors = execute(kernel, contents);
  REQUIRE_MESSAGE(errors.empty(), to_string(errors));
  return contents[2];
}

double worst(FloatFormat format, const Pairs& pairs) {
  const auto results = powers(format, pairs);
  double result = 0;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const double x = test::argument_value(format, pairs.x[i]);
    const double y = test::argument_value(format, pairs.y[i]);
    const double error = test::ulps(format, results[i], std::pow(x, y));
    if (error > result) {
      CAPTURE(x);
      CAPTURE(y);
      CAPTURE(fp::to_double(format, results[i]));
      CHECK(error <= 2);
      result = error;
    }
  }
  return result;
}

/// Random bits, and pairs whose power is neither too large nor too small.
Pairs random_pairs(FloatFormat format, int count) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> exponent(-1.0, 1.0);
  Pairs pairs;
  const double largest = (1 << (format.exponent_bits - 1)) - 3;
  for (int i = 0; i < count; ++i) {
    const double magnitude = std::exp2(largest * std::pow(exponent(random), 5));
    const double logarithm = std::log2(magnitude);
    pairs.x.push_back(fp::from_double(format, magnitude));
    pairs.y.push_back(fp::from_double(format, exponent(random) * largest / logarithm));
    pairs.x.push_back(random() & low_bits(format.width()));
    pairs.y.push_back(random() & low_bits(format.width()));
  }
  return pairs;
}

}  // namespace

TEST_CASE("The general power keeps its bound of 2 ulp") {
  for (const FloatFormat format : {kFloat32, kFloat16, kBfloat16}) {
    const double error = worst(format, random_pairs(format, 100000));
    MESSAGE("power ", format.width(), "/", format.mantissa_bits, ": ", error, " ulp");
  }
}

TEST_CASE("The general power treats special values as the host does") {
  Pairs pairs;
  const std::vector<double> values{0.0,  -0.0, 1.0,  -1.0, 2.0, -2.0,     3.0,       -3.0, 0.5,
                                   -0.5, 2.5,  -2.5, 1e7,  1e9, INFINITY, -INFINITY, NAN,  33554431};
  for (const FloatFormat format : {kFloat32, kBfloat16}) {
    for (const double x : values) {
      for (const double y : values) {
        pairs.x.push_back(fp::from_double(format, x));
        pairs.y.push_back(fp::from_double(format, y));
      }
    }
    CHECK(worst(format, pairs) <= 2);
    const auto results = powers(format, pairs);
    for (std::size_t i = 0; i < results.size(); ++i) {
      const double host = std::pow(fp::to_double(format, pairs.x[i]), fp::to_double(format, pairs.y[i]));
      if (!std::isnan(host)) CHECK(std::signbit(fp::to_double(format, results[i])) == std::signbit(host));
    }
    pairs = {};
  }
}

}  // namespace sluice
