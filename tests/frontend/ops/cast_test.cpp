#include <doctest/doctest.h>

#include "frontend/onnx/data_type.hpp"
#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

OpCase cast(Tensor x, ElementType to) {
  return {.op = "Cast",
          .attributes = {{"to", std::int64_t{onnx_type_of(to)}}},
          .operands = {std::move(x)},
          .constant = {},
          .epilogues = {}};
}

}  // namespace

TEST_CASE("Cast: between all types that kernels have") {
  Random random(1);
  const std::vector<ElementType> types{ElementType::float16, ElementType::bfloat16, ElementType::float32,
                                       ElementType::int8,    ElementType::uint8,    ElementType::int32,
                                       ElementType::int64,   ElementType::uint32,   ElementType::boolean};
  for (const auto from : types) {
    for (const auto to : types) {
      CAPTURE(to_string(from));
      CAPTURE(to_string(to));
      const double low = from == ElementType::boolean ? 0 : -60;
      const double high = from == ElementType::boolean ? 1 : 60;
      check_equal(run_op(cast(random_tensor(from, {3, 7}, random, low, high), to)));
    }
  }
}

TEST_CASE("Cast: floats truncate toward zero and saturate, integers wrap") {
  const auto values = [](const Tensor& x, ElementType to) { return run_op(cast(x, to)).actual[0].to_int64s(); };
  const Tensor x = floats({6}, {1.9F, -1.9F, 0.5F, 300, -300, 1e20F});
  CHECK(values(x, ElementType::int8) == std::vector<std::int64_t>{1, -1, 0, 127, -128, 127});
  CHECK(values(x, ElementType::boolean) == std::vector<std::int64_t>{1, 1, 1, 1, 1, 1});
  CHECK(values(int64s({257, -1}), ElementType::uint8) == std::vector<std::int64_t>{1, 255});
}

TEST_CASE("Dropout: training is refused") {
  Random random(2);
  const Tensor x = random_tensor(ElementType::float32, {3}, random);
  OpCase test{.op = "Dropout",
              .attributes = {},
              .operands = {x, floats({}, {0.5F}), Tensor::of<std::uint8_t>(ElementType::boolean, {}, {1})},
              .constant = {false, true, true},
              .epilogues = {}};
  CHECK_FALSE(refusal(test).empty());
  test.operands[2] = Tensor::of<std::uint8_t>(ElementType::boolean, {}, {0});
  check_equal(run_op(test));
  test.outputs = 2;
  CHECK_FALSE(refusal(test).empty());
}
