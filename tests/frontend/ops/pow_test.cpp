#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

TEST_CASE("Pow: known simple exponents, as float and integer constants") {
  Random random(1);
  for (const float exponent : {0.0F, 1.0F, 2.0F, 3.0F, 4.0F, -1.0F, -2.0F, 0.5F, -0.5F}) {
    CAPTURE(exponent);
    const Tensor x = random_tensor(ElementType::float32, random_shape(3, random), random, 0.1, 4);
    check_close(run_op({.op = "Pow",
                        .attributes = {},
                        .operands = {x, floats({}, {exponent})},
                        .constant = {false, true},
                        .epilogues = {}}),
                1e-6);
  }
  const Tensor x = random_tensor(ElementType::float32, {3, 5}, random);
  for (const std::int64_t exponent : {2, 3, 5}) {
    check_close(run_op({.op = "Pow",
                        .attributes = {},
                        .operands = {x, int64s({exponent})},
                        .constant = {false, true},
                        .epilogues = {}}),
                1e-6);
  }
}

TEST_CASE("Pow: exponents that vary") {
  Random random(2);
  for (int i = 0; i < 20; ++i) {
    const Shape shape = random_shape(random_int(0, 4, random), random);
    const OpCase test{.op = "Pow",
                      .attributes = {},
                      .operands = {random_tensor(ElementType::float32, random_broadcast(shape, random), random, 0, 4),
                                   random_tensor(ElementType::float32, shape, random, -3, 3)},
                      .constant = {i % 2 == 0},
                      .epilogues = {}};
    check_close(run_op(test), 1e-6);
  }
}
