#include "core/tensor/tensor.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <stdexcept>

#include "core/arith/float_ops.hpp"

namespace sluice {

std::optional<std::int64_t> checked_element_count(const Shape& shape) {
  std::int64_t count = 1;
  for (const auto extent : shape) {
    if (extent < 0 || __builtin_mul_overflow(count, extent, &count)) return std::nullopt;
  }
  return count;
}

std::int64_t element_count(const Shape& shape) { return checked_element_count(shape).value(); }

std::vector<std::int64_t> row_major_strides(const Shape& shape) {
  std::vector<std::int64_t> strides(shape.size(), 1);
  for (std::size_t i = shape.size(); i-- > 1;) strides[i - 1] = strides[i] * shape[i];
  return strides;
}

std::optional<int> normalized_axis(std::int64_t axis, int rank) {
  if (axis < -rank || axis >= rank) return std::nullopt;
  return static_cast<int>(axis < 0 ? axis + rank : axis);
}

std::string to_string(const Shape& shape) { return fmt::format("[{}]", fmt::join(shape, ",")); }

std::string to_string(const TensorType& type) { return std::string(to_string(type.element)) + to_string(type.shape); }

Tensor::Tensor(TensorType type) : type_(std::move(type)) {
  data_.resize(static_cast<std::size_t>(element_count(type_.shape)) * byte_width(type_.element));
}

std::uint64_t Tensor::bits(std::int64_t i) const {
  const std::size_t width = byte_width(type_.element);
  std::uint64_t value = 0;
  std::memcpy(&value, data_.data() + static_cast<std::size_t>(i) * width, width);
  return value & low_bits(scalar_type(type_.element).width());
}

void Tensor::set_bits(std::int64_t i, std::uint64_t bits) {
  const std::size_t width = byte_width(type_.element);
  std::memcpy(data_.data() + static_cast<std::size_t>(i) * width, &bits, width);
}

std::vector<std::int64_t> Tensor::to_int64s() const {
  const ScalarType scalar = scalar_type(type_.element);
  std::vector<std::int64_t> values(static_cast<std::size_t>(size()));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = to_int64(scalar, bits(static_cast<std::int64_t>(i)));
  return values;
}

std::vector<double> Tensor::to_doubles() const {
  if (type_.element == ElementType::float64) {
    const auto values = as<double>();
    return {values.begin(), values.end()};
  }
  const ScalarType scalar = scalar_type(type_.element);
  std::vector<double> values(static_cast<std::size_t>(size()));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint64_t raw = bits(static_cast<std::int64_t>(i));
    values[i] = scalar.is_float() ? fp::to_double(scalar.format(), raw) : static_cast<double>(to_int64(scalar, raw));
  }
  return values;
}

Tensor Tensor::reshaped(Shape shape) const {
  if (checked_element_count(shape) != size()) {
    throw std::invalid_argument(fmt::format("{} can't be seen as {}", to_string(type_), to_string(shape)));
  }
  Tensor result = *this;
  result.type_.shape = std::move(shape);
  return result;
}

std::shared_ptr<const Tensor> reshaped(const std::shared_ptr<const Tensor>& tensor, const Shape& shape) {
  if (!tensor || tensor->shape() == shape) return tensor;
  return std::make_shared<const Tensor>(tensor->reshaped(shape));
}

}  // namespace sluice
