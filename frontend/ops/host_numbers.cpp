#include "frontend/ops/host_numbers.hpp"

#include <algorithm>
#include <cmath>

#include "core/arith/float_ops.hpp"

namespace sluice {
namespace {

/// As fp::from_double, but keeping subnormals.
std::uint64_t rounded_bits(FloatFormat format, double value) {
  const int least_exponent = 2 - (1 << (format.exponent_bits - 1));
  if (!(std::abs(value) < std::ldexp(1.0, least_exponent))) return fp::from_double(format, value);
  // Below the least normal number the bits simply count the smallest subnormal.
  const double units = std::nearbyint(std::ldexp(std::abs(value), format.mantissa_bits - least_exponent));
  const std::uint64_t sign = std::signbit(value) ? std::uint64_t{1} << (format.width() - 1) : 0;
  return sign | static_cast<std::uint64_t>(units);
}

}  // namespace

Tensor tensor_of(const TensorType& type, const std::vector<double>& numbers) {
  Tensor tensor(type);
  if (type.element == ElementType::float32) {
    std::ranges::transform(numbers, tensor.as<float>().begin(), [](double x) { return static_cast<float>(x); });
  } else if (type.element == ElementType::float64) {
    std::ranges::copy(numbers, tensor.as<double>().begin());
  } else {
    const FloatFormat format = scalar_type(type.element).format();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      tensor.set_bits(static_cast<std::int64_t>(i), rounded_bits(format, numbers[i]));
    }
  }
  return tensor;
}

Tensor tensor_of(const TensorType& type, const std::vector<std::int64_t>& numbers) {
  Tensor tensor(type);
  const ScalarType scalar = scalar_type(type.element);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    tensor.set_bits(static_cast<std::int64_t>(i), from_int64(scalar, numbers[i]));
  }
  return tensor;
}

bool advance(std::vector<std::int64_t>& index, const Shape& shape) {
  for (std::size_t i = shape.size(); i-- > 0;) {
    if (++index[i] < shape[i]) return true;
    index[i] = 0;
  }
  return false;
}

std::int64_t flat_index(const std::vector<std::int64_t>& index, const std::vector<std::int64_t>& strides) {
  std::int64_t flat = 0;
  for (std::size_t i = 0; i < index.size(); ++i) flat += index[i] * strides[i];
  return flat;
}

}  // namespace sluice
