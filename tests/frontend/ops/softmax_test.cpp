#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

OpCase softmax(const std::string& op, Tensor x, std::optional<std::int64_t> axis, int opset) {
  OpCase test{.op = op, .attributes = {}, .operands = {std::move(x)}, .constant = {}, .opset = opset, .epilogues = {}};
  if (axis) test.attributes["axis"] = *axis;
  return test;
}

}  // namespace

TEST_CASE("Softmax: every axis, by lines and by flattening") {
  Random random(1);
  for (const char* op : {"Softmax", "LogSoftmax"}) {
    for (int rank = 1; rank <= 5; ++rank) {
      for (int axis = -rank; axis < rank; ++axis) {
        for (const int opset : {11, 13}) {
          CAPTURE(op);
          CAPTURE(axis);
          const Tensor x = random_tensor(ElementType::float32, random_shape(rank, random), random, -20, 20);
          check_close(run_op(softmax(op, x, axis, opset)), 1e-6);
        }
      }
    }
  }
}

TEST_CASE("Softmax: default axes of the old and the new meaning") {
  Random random(2);
  const Tensor x = random_tensor(ElementType::float32, {2, 3, 5}, random);
  const auto sum = [&](int opset, std::size_t count) {
    const OpRun run = run_op(softmax("Softmax", x, {}, opset));
    check_close(run, 1e-6);
    double total = 0;
    for (std::size_t i = 0; i < count; ++i) total += run.actual[0].to_doubles()[i];
    return total;
  };
  CHECK(sum(11, 15) == doctest::Approx(1));
  CHECK(sum(13, 5) == doctest::Approx(1));
}

TEST_CASE("Softmax: half precision and large arguments") {
  Random random(3);
  check_close(run_op(softmax("Softmax", random_tensor(ElementType::float16, {3, 7}, random, -5, 5), -1, 13)), 5e-3);
  check_close(run_op(softmax("Softmax", floats({1, 3}, {1000, 999, -1000}), -1, 13)), 1e-6);
}

TEST_CASE("LayerNormalization: statistics of float16 are float32, in which epsilon is a number") {
  Random random(5);
  OpCase test{.op = "LayerNormalization",
              .attributes = {{"axis", std::int64_t{1}}},
              .operands = {random_tensor(ElementType::float16, {3, 8}, random),
                           random_tensor(ElementType::float16, {8}, random)},
              .constant = {false, true},
              .epilogues = {}};
  constexpr std::uint64_t kTwo = 0x4000;
  for (std::int64_t i = 0; i < 8; ++i) test.operands[0]->set_bits(8 + i, kTwo);  // no variance at all
  check_close(run_op(test), 2e-3);
}

TEST_CASE("LayerNormalization: every axis, with and without a bias") {
  Random random(4);
  for (int rank = 1; rank <= 4; ++rank) {
    for (int axis = 0; axis < rank; ++axis) {
      const Shape shape = random_shape(rank, random);
      const Shape inner(shape.begin() + axis, shape.end());
      OpCase test{.op = "LayerNormalization",
                  .attributes = {{"axis", std::int64_t{axis}}, {"epsilon", 1e-3F}},
                  .operands = {random_tensor(ElementType::float32, shape, random),
                               random_tensor(ElementType::float32, inner, random)},
                  .constant = {false, true, true},
                  .epilogues = {}};
      if (axis % 2 == 0) test.operands.emplace_back(random_tensor(ElementType::float32, inner, random));
      check_close(run_op(test), 1e-5);
    }
  }
}
