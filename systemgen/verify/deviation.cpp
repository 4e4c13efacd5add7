#include "systemgen/verify/deviation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sluice {
namespace {

double distance(double a, double b) {
  if (a == b || (std::isnan(a) && std::isnan(b))) return 0;
  const double difference = std::abs(a - b);
  return std::isnan(difference) ? std::numeric_limits<double>::infinity() : difference;
}

}  // namespace

void Deviation::include(const Deviation& other) {
  max_absolute = std::max(max_absolute, other.max_absolute);
  max_relative = std::max(max_relative, other.max_relative);
  outside += other.outside;
}

Tolerance tolerance_for(ElementType element, const Tolerance& wanted) {
  constexpr double kRoundings = 20;
  const ScalarType type = scalar_type(element);
  if (!type.is_float() || type.width() > 16) return wanted;
  const double least = kRoundings * std::ldexp(1, -type.format().mantissa_bits - 1);
  return {std::max(wanted.relative, least), std::max(wanted.absolute, least)};
}

Deviation deviation(const Tensor& actual, const Tensor& wanted, const Tolerance& given) {
  const Tolerance tolerance = tolerance_for(wanted.element(), given);
  const auto a = actual.to_doubles();
  const auto b = wanted.to_doubles();
  Deviation result;
  for (std::size_t i = 0; i < b.size(); ++i) {
    const double far = distance(a[i], b[i]);
    const double size = std::isfinite(b[i]) ? std::abs(b[i]) : 0;
    result.max_absolute = std::max(result.max_absolute, far);
    if (b[i] != 0 && far != 0) result.max_relative = std::max(result.max_relative, size > 0 ? far / size : far);
    if (far > tolerance.absolute + tolerance.relative * size) ++result.outside;
  }
  return result;
}

}  // namespace sluice
