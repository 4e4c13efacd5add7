#include "tests/frontend/support/ulp.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sluice::test {
namespace {

int least_exponent(FloatFormat format) { return 2 - (1 << (format.exponent_bits - 1)); }

}  // namespace

double argument_value(FloatFormat format, std::uint64_t bits) {
  const double value = fp::to_double(format, bits);
  return std::abs(value) < std::ldexp(1.0, least_exponent(format)) ? std::copysign(0.0, value) : value;
}

double ulps(FloatFormat format, std::uint64_t bits, double exact) {
  if (std::isnan(exact)) return bits == fp::quiet_nan(format) ? 0 : std::numeric_limits<double>::infinity();
  const double beyond = std::ldexp(1.0, 2 - least_exponent(format));
  const double value = std::clamp(fp::to_double(format, bits), -beyond, beyond);
  exact = std::clamp(exact, -beyond, beyond);
  if (value == exact) return 0;
  const int exponent = std::clamp(std::ilogb(exact), least_exponent(format), 1 - least_exponent(format));
  const double unit = std::ldexp(1.0, exponent - format.mantissa_bits);
  if (value == 0) return std::max(0.0, std::abs(exact) - std::ldexp(1.0, least_exponent(format))) / unit;
  return std::abs(value - exact) / unit;
}

}  // namespace sluice::test
