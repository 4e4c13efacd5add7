#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

enum class Form { attribute, operand };

/// Some axes of a random tensor, in any order and counted from either end.
OpCase random_case(const std::string& op, ElementType element, Form form, Random& random) {
  const int rank = random_int(0, 5, random);
  OpCase test{.op = op,
              .attributes = {{"keepdims", std::int64_t{random_int(0, 1, random)}}},
              .operands = {random_tensor(element, random_shape(rank, random), random)},
              .constant = {false, true},
              .epilogues = {}};
  std::vector<std::int64_t> axes;
  for (int axis = rank; axis-- > 0;) {
    if (random_int(0, 1, random) == 1) axes.push_back(random_int(0, 1, random) == 1 ? axis - rank : axis);
  }
  if (axes.empty()) return test;
  if (form == Form::attribute) {
    test.attributes["axes"] = axes;
  } else {
    test.operands.emplace_back(int64s(axes));
  }
  return test;
}

Shape shape_of(const OpCase& test) { return evaluate_op(test).types[0].shape; }

}  // namespace

TEST_CASE("Reductions: kernels compute what the host computes") {
  Random random(1);
  for (const char* op :
       {"ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceSumSquare"}) {
    CAPTURE(op);
    for (int i = 0; i < 25; ++i) {
      const Form form = i % 2 == 0 ? Form::attribute : Form::operand;
      OpCase test = random_case(op, ElementType::float32, form, random);
      test.operands[0] = random_tensor(ElementType::float32, test.operands[0]->shape(), random, -1, 1);
      check_close(run_op(test), 1e-5);
    }
  }
}

TEST_CASE("Reductions: extremes and integers are exact") {
  Random random(2);
  for (int i = 0; i < 25; ++i) {
    check_equal(run_op(random_case("ReduceMax", ElementType::float32, Form::operand, random)));
    check_equal(run_op(random_case("ReduceMin", ElementType::int8, Form::operand, random)));
    check_equal(run_op(random_case("ReduceMax", ElementType::int64, Form::attribute, random)));
    check_equal(run_op(random_case("ReduceSum", ElementType::int32, Form::operand, random)));
  }
}

TEST_CASE("Reductions: no axes mean all, unless the node says none") {
  Random random(3);
  OpCase test{.op = "ReduceSum",
              .attributes = {},
              .operands = {random_tensor(ElementType::float32, {2, 3}, random)},
              .constant = {},
              .epilogues = {}};
  CHECK(shape_of(test) == Shape{1, 1});
  test.attributes["keepdims"] = std::int64_t{0};
  CHECK(shape_of(test) == Shape{});
  test.attributes["noop_with_empty_axes"] = std::int64_t{1};
  CHECK(shape_of(test) == Shape{2, 3});
  check_equal(run_op(test));
}

TEST_CASE("Reductions: what can't be done is refused") {
  Random random(4);
  const Tensor x = random_tensor(ElementType::float32, {2, 3}, random);
  CHECK_FALSE(
      refusal({.op = "ReduceSum", .attributes = {}, .operands = {x, int64s({0})}, .constant = {}, .epilogues = {}})
          .empty());
  CHECK_FALSE(refusal({.op = "ReduceSum",
                       .attributes = {},
                       .operands = {x, int64s({2})},
                       .constant = {false, true},
                       .epilogues = {}})
                  .empty());
}

TEST_CASE("GlobalLpPool: the norm over the spatial dimensions") {
  Random random(5);
  for (int rank = 3; rank <= 5; ++rank) {
    const OpCase test{.op = "GlobalLpPool",
                      .attributes = {},
                      .operands = {random_tensor(ElementType::float32, random_shape(rank, random), random)},
                      .constant = {},
                      .epilogues = {}};
    check_close(run_op(test), 1e-6);
  }
}
