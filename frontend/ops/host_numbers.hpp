#pragma once

#include <cstdint>
#include <type_traits>
#include <vector>

#include "core/tensor/tensor.hpp"

/// Tensors as vectors of host numbers, for evaluating operators: integer tensors in std::int64_t, float ones in double.
namespace sluice {

/// The elements as numbers of type Number.
template <typename Number>
std::vector<Number> numbers(const Tensor& tensor) {
  if constexpr (std::is_same_v<Number, std::int64_t>) {
    return tensor.to_int64s();
  } else {
    if (tensor.element() != ElementType::float32) return tensor.to_doubles();
    const auto values = tensor.as<float>();
    return {values.begin(), values.end()};
  }
}

/// A tensor of these numbers, each rounded to nearest even or wrapped to the element type. Subnormals stay.
Tensor tensor_of(const TensorType& type, const std::vector<double>& numbers);
Tensor tensor_of(const TensorType& type, const std::vector<std::int64_t>& numbers);

/// Calls `evaluate` with a number of the kind that an element type computes in (its value means nothing).
template <typename F>
auto with_number_kind(ElementType type, F evaluate) {
  return scalar_type(type).is_float() ? evaluate(double{}) : evaluate(std::int64_t{});
}

/// Steps a row-major index; false when it was the last and is back at the start.
bool advance(std::vector<std::int64_t>& index, const Shape& shape);

/// Number of the element at `index` for these strides.
std::int64_t flat_index(const std::vector<std::int64_t>& index, const std::vector<std::int64_t>& strides);

}  // namespace sluice
