#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

TEST_CASE("Comparison: kernels compute what the host computes") {
  Random random(1);
  for (const char* op : {"Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual"}) {
    for (const auto element : {ElementType::float32, ElementType::int64, ElementType::uint8}) {
      const Shape shape = random_shape(3, random);
      // Few different values, so that equal ones meet.
      const Tensor a = random_tensor(ElementType::int64, random_broadcast(shape, random), random, 0, 3);
      const Tensor b = random_tensor(ElementType::int64, shape, random, 0, 3);
      OpCase test{.op = "Cast", .attributes = {}, .operands = {a}, .constant = {}, .epilogues = {}};
      test.attributes["to"] = std::int64_t{element == ElementType::float32 ? 1 : element == ElementType::int64 ? 7 : 2};
      const Tensor left = evaluate_op(test).expected[0];
      test.operands[0] = b;
      const Tensor right = evaluate_op(test).expected[0];
      check_equal(run_op({.op = op, .attributes = {}, .operands = {left, right}, .constant = {}, .epilogues = {}}));
    }
  }
}

TEST_CASE("Where: chooses by a condition that broadcasts") {
  Random random(2);
  for (int i = 0; i < 30; ++i) {
    const Shape shape = random_shape(random_int(0, 4, random), random);
    const ElementType element = i % 3 == 0 ? ElementType::int64 : ElementType::float32;
    const OpCase test{.op = "Where",
                      .attributes = {},
                      .operands = {random_tensor(ElementType::boolean, random_broadcast(shape, random), random, 0, 1),
                                   random_tensor(element, random_broadcast(shape, random), random),
                                   random_tensor(element, shape, random)},
                      .constant = {false, i % 2 == 0, false},
                      .epilogues = {}};
    check_equal(run_op(test));
  }
}
