#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

OpCase unary(std::string op, Tensor x, Attributes attributes = {}) {
  return {.op = std::move(op),
          .attributes = std::move(attributes),
          .operands = {std::move(x)},
          .constant = {},
          .epilogues = {}};
}

}  // namespace

TEST_CASE("Activations: kernels compute what the host computes") {
  Random random(1);
  const auto x = [&] {
    return random_tensor(ElementType::float32, random_shape(random_int(0, 5, random), random), random, -6, 6);
  };
  for (int i = 0; i < 15; ++i) {
    check_equal(run_op(unary("Relu", x())));
    check_close(run_op(unary("LeakyRelu", x())), 2e-7);
    check_close(run_op(unary("LeakyRelu", x(), {{"alpha", 0.25F}})), 2e-7);
    check_close(run_op(unary("Elu", x())), 2e-7);
    check_close(run_op(unary("Elu", x(), {{"alpha", 1.5F}})), 4e-7);
    check_close(run_op(unary("HardSigmoid", x())), 2e-7);
    check_close(run_op(unary("HardSigmoid", x(), {{"alpha", 0.3F}, {"beta", 0.1F}})), 2e-7);
    check_close(run_op(unary("HardSwish", x())), 4e-7);
    check_close(run_op(unary("Softplus", x())), 4e-7);
    check_close(run_op(unary("Exp", x())), 2e-7);
    check_close(run_op(unary("Tanh", x())), 2e-7);
    check_close(run_op(unary("Erf", x())), 2e-7);
    check_close(run_op(unary("Sigmoid", x())), 2e-7);
    check_close(run_op(unary("Log", random_tensor(ElementType::float32, {7, 3}, random, 0.01, 20))), 2e-7);
  }
}

TEST_CASE("Activations: half-precision formats") {
  Random random(2);
  for (const char* op : {"Relu", "LeakyRelu", "Elu", "HardSigmoid", "HardSwish", "Exp", "Tanh", "Erf", "Sigmoid"}) {
    CAPTURE(op);
    check_close(run_op(unary(op, random_tensor(ElementType::float16, {5, 7}, random, -4, 4))), 4e-3);
    check_close(run_op(unary(op, random_tensor(ElementType::bfloat16, {5, 7}, random, -4, 4))), 3e-2);
  }
}

TEST_CASE("Activations: NaN stays NaN, infinities saturate") {
  const float inf = std::numeric_limits<float>::infinity();
  const Tensor x = floats({5}, {std::numeric_limits<float>::quiet_NaN(), inf, -inf, 0, -0.0F});
  for (const char* op : {"Relu", "LeakyRelu", "Elu", "HardSigmoid", "Softplus", "Exp", "Tanh", "Erf", "Sigmoid"}) {
    CAPTURE(op);
    check_close(run_op(unary(op, x)), 2e-7);
  }
}

TEST_CASE("PRelu: slopes broadcast to the input, not beyond") {
  Random random(3);
  for (int i = 0; i < 30; ++i) {
    const Shape shape = random_shape(random_int(1, 4, random), random);
    const OpCase test{.op = "PRelu",
                      .attributes = {},
                      .operands = {random_tensor(ElementType::float32, shape, random),
                                   random_tensor(ElementType::float32, random_broadcast(shape, random), random)},
                      .constant = {false, i % 2 == 0},
                      .epilogues = {}};
    check_equal(run_op(test));
  }
  CHECK_FALSE(refusal({.op = "PRelu",
                       .attributes = {},
                       .operands = {floats({1}, {1}), floats({2}, {1, 2})},
                       .constant = {},
                       .epilogues = {}})
                  .empty());
}

TEST_CASE("Clip: bounds as attributes and as operands, each of them optional") {
  Random random(4);
  const Tensor x = random_tensor(ElementType::float32, {3, 1, 7}, random, -5, 5);
  check_equal(run_op(unary("Clip", x)));
  check_equal(run_op(unary("Clip", x, {{"min", -1.5F}})));
  check_equal(run_op(unary("Clip", x, {{"max", 1.25F}})));
  check_equal(run_op(unary("Clip", x, {{"min", 0.0F}, {"max", 6.0F}})));
  const Tensor low = floats({}, {-1});
  const Tensor high = floats({}, {2});
  const auto clip = [&](std::optional<Tensor> least, std::optional<Tensor> most, bool constant) {
    return run_op({.op = "Clip",
                   .attributes = {},
                   .operands = {x, std::move(least), std::move(most)},
                   .constant = {false, constant, constant},
                   .epilogues = {}});
  };
  for (const bool constant : {false, true}) {
    check_equal(clip(low, high, constant));
    check_equal(clip(std::nullopt, high, constant));
    check_equal(clip(low, std::nullopt, constant));
    check_equal(clip(std::nullopt, std::nullopt, constant));
  }
  check_equal(run_op({.op = "Clip",
                      .attributes = {},
                      .operands = {random_tensor(ElementType::int8, {9}, random, -50, 50),
                                   Tensor::of<std::int8_t>(ElementType::int8, {}, {-7}), std::nullopt},
                      .constant = {false, true},
                      .epilogues = {}}));
}
