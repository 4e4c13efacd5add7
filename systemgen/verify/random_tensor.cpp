#include <algorithm>
#include <random>

#include "core/arith/float_ops.hpp"
#include "systemgen/verify/frames.hpp"

namespace sluice {
namespace {

std::uint64_t random_element(ElementType element, std::mt19937_64& random) {
  const ScalarType type = scalar_type(element);
  if (type.is_float()) {
    // Made from bits rather than by a distribution, so that every standard library gives the same vectors.
    const double value = static_cast<double>(random() >> 40) / static_cast<double>(1 << 23) - 1.0;
    return fp::from_double(type.format(), value);
  }
  const std::int64_t span = std::int64_t{1} << std::min(type.width(), 8);
  const auto value = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(span));
  return from_int64(type, type.is_signed() ? value - span / 2 : value);
}

}  // namespace

Tensor random_tensor(const TensorType& type, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Tensor tensor(type);
  for (std::int64_t i = 0; i < tensor.size(); ++i) tensor.set_bits(i, random_element(type.element, random));
  return tensor;
}

}  // namespace sluice
