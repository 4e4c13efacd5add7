#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/tensor/element_type.hpp"

namespace sluice {

/// Extents, outermost first; row-major. A scalar has no extents.
using Shape = std::vector<std::int64_t>;

/// Product of the extents; none if an extent is negative or the product does not fit 63 bits.
std::optional<std::int64_t> checked_element_count(const Shape& shape);

/// Product of the extents of a shape that was checked.
std::int64_t element_count(const Shape& shape);

/// Row-major strides in elements.
std::vector<std::int64_t> row_major_strides(const Shape& shape);

/// `axis` counted from the end when negative; none when it is out of range.
std::optional<int> normalized_axis(std::int64_t axis, int rank);

std::string to_string(const Shape& shape);  ///< "[1,3,32,32]"

struct TensorType {
  ElementType element = ElementType::float32;
  Shape shape;

  bool operator==(const TensorType&) const = default;
};

std::string to_string(const TensorType& type);  ///< "float32[1,3,32,32]"

/// A tensor's value: elements in row-major order, little-endian.
class Tensor {
 public:
  Tensor() = default;
  /// Zeros.
  explicit Tensor(TensorType type);

  template <typename T>
  static Tensor of(ElementType element, Shape shape, const std::vector<T>& values) {
    Tensor tensor({element, std::move(shape)});
    std::memcpy(tensor.data_.data(), values.data(), std::min(tensor.data_.size(), values.size() * sizeof(T)));
    return tensor;
  }

  [[nodiscard]] const TensorType& type() const { return type_; }
  [[nodiscard]] ElementType element() const { return type_.element; }
  [[nodiscard]] const Shape& shape() const { return type_.shape; }
  [[nodiscard]] int rank() const { return static_cast<int>(type_.shape.size()); }
  [[nodiscard]] std::int64_t size() const { return element_count(type_.shape); }

  [[nodiscard]] std::span<std::byte> bytes() { return data_; }
  [[nodiscard]] std::span<const std::byte> bytes() const { return data_; }

  /// The elements as host values; T must have the element type's width.
  template <typename T>
  std::span<T> as() {
    return {reinterpret_cast<T*>(data_.data()), data_.size() / sizeof(T)};
  }
  template <typename T>
  std::span<const T> as() const {
    return {reinterpret_cast<const T*>(data_.data()), data_.size() / sizeof(T)};
  }

  /// Raw bits of element `i`, as hardware carries them (see ScalarType).
  [[nodiscard]] std::uint64_t bits(std::int64_t i) const;
  void set_bits(std::int64_t i, std::uint64_t bits);

  /// Elements as integers (integer and boolean tensors) or as doubles (any).
  [[nodiscard]] std::vector<std::int64_t> to_int64s() const;
  [[nodiscard]] std::vector<double> to_doubles() const;

  /// The same elements under another shape of as many elements; another count throws std::invalid_argument.
  [[nodiscard]] Tensor reshaped(Shape shape) const;

  bool operator==(const Tensor&) const = default;  ///< same type, same bits

 private:
  TensorType type_;
  std::vector<std::byte> data_;
};

/// The same elements under another shape; null stays null.
std::shared_ptr<const Tensor> reshaped(const std::shared_ptr<const Tensor>& tensor, const Shape& shape);

}  // namespace sluice
