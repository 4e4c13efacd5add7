#include "core/tensor/tensor.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

namespace sluice::test {

TEST_CASE("element counts are checked for sign and overflow") {
  CHECK(checked_element_count({}) == 1);
  CHECK(checked_element_count({2, 3, 4}) == 24);
  CHECK(checked_element_count({2, 0}) == 0);
  CHECK_FALSE(checked_element_count({2, -1}));
  CHECK_FALSE(checked_element_count({std::int64_t{1} << 32, std::int64_t{1} << 31}));
}

TEST_CASE("strides are row-major") {
  CHECK(row_major_strides({2, 3, 4}) == std::vector<std::int64_t>{12, 4, 1});
  CHECK(row_major_strides({}).empty());
}

TEST_CASE("axes count from the end when negative") {
  CHECK(normalized_axis(1, 3) == 1);
  CHECK(normalized_axis(-1, 3) == 2);
  CHECK_FALSE(normalized_axis(3, 3));
  CHECK_FALSE(normalized_axis(-4, 3));
}

TEST_CASE("types print as in a message") {
  CHECK(to_string(TensorType{ElementType::float32, {1, 3}}) == "float32[1,3]");
  CHECK(to_string(TensorType{ElementType::boolean, {}}) == "bool[]");
}

TEST_CASE("elements are raw bits, integers or doubles") {
  Tensor tensor({ElementType::int8, {2}});
  tensor.set_bits(0, 0xff);
  CHECK(tensor.bits(0) == 0xff);
  CHECK(tensor.to_int64s() == std::vector<std::int64_t>{-1, 0});
  CHECK(tensor.to_doubles() == std::vector<double>{-1, 0});
  CHECK(Tensor::of<float>(ElementType::float32, {2}, {0.5F, -3}).to_doubles() == std::vector<double>{0.5, -3});
  CHECK(Tensor::of<double>(ElementType::float64, {1}, {0.1}).to_doubles() == std::vector<double>{0.1});
  CHECK(Tensor::of<std::uint16_t>(ElementType::float16, {1}, {0xc000}).to_doubles() == std::vector<double>{-2});
}

TEST_CASE("a tensor can be seen in another shape of as many elements") {
  const Tensor tensor = Tensor::of<std::int32_t>(ElementType::int32, {2, 2}, {1, 2, 3, 4});
  CHECK(tensor.reshaped({4}).shape() == Shape{4});
  CHECK(tensor.reshaped({4}).reshaped({2, 2}) == tensor);
  CHECK_THROWS_AS(static_cast<void>(tensor.reshaped({3})), std::invalid_argument);
  const auto shared = std::make_shared<const Tensor>(tensor);
  CHECK(reshaped(shared, {2, 2}) == shared);
  CHECK(reshaped(shared, {1, 4})->shape() == Shape{1, 4});
  CHECK(reshaped(nullptr, {1}) == nullptr);
}

TEST_CASE("element types have ONNX's names and widths") {
  CHECK(to_string(ElementType::bfloat16) == "bfloat16");
  CHECK(byte_width(ElementType::boolean) == 1);
  CHECK(byte_width(ElementType::float16) == 2);
  CHECK(byte_width(ElementType::uint64) == 8);
  CHECK(scalar_type(ElementType::boolean).width() == 1);
  CHECK(scalar_type(ElementType::int16) == ScalarType::signed_integer(16));
}

}  // namespace sluice::test
