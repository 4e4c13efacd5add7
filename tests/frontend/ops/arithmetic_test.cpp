#include <doctest/doctest.h>

#include <limits>

#include "core/kernel/kernel.hpp"
#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

OpCase with_operands(std::string op, const std::vector<Tensor>& operands) {
  OpCase test{.op = std::move(op), .attributes = {}, .operands = {}, .constant = {}, .epilogues = {}};
  for (const auto& operand : operands) test.operands.emplace_back(operand);
  return test;
}

/// Operands that broadcast to one shape of 0 to 5 dimensions, some of them constant.
OpCase random_case(const std::string& op, ElementType element, int operands, Random& random) {
  OpCase test = with_operands(op, {});
  const Shape shape = random_shape(random_int(0, 5, random), random);
  for (int i = 0; i < operands; ++i) {
    test.operands.emplace_back(random_tensor(element, random_broadcast(shape, random), random, -9, 9));
    test.constant.push_back(random_int(0, 2, random) == 0);
  }
  return test;
}

}  // namespace

TEST_CASE("Arithmetic: kernels with all ways of broadcasting compute what the host computes") {
  Random random(1);
  for (const char* op : {"Add", "Sub", "Mul", "Div", "Min", "Max"}) {
    CAPTURE(op);
    for (int i = 0; i < 60; ++i) check_equal(run_op(random_case(op, ElementType::float32, 2, random)));
    for (int i = 0; i < 10; ++i) check_close(run_op(random_case(op, ElementType::float16, 2, random)), 0);
    for (int i = 0; i < 10; ++i) check_close(run_op(random_case(op, ElementType::bfloat16, 2, random)), 0);
  }
}

TEST_CASE("Arithmetic: integers of all widths wrap") {
  Random random(2);
  for (const char* op : {"Add", "Sub", "Mul", "Min", "Max"}) {
    for (const auto element : {ElementType::int8, ElementType::uint8, ElementType::int32, ElementType::int64}) {
      OpCase test = random_case(op, element, 2, random);
      for (auto& operand : test.operands) *operand = random_tensor(element, operand->shape(), random, -100, 100);
      check_equal(run_op(test));
    }
  }
}

TEST_CASE("Arithmetic: unary operators") {
  Random random(3);
  for (const char* op : {"Neg", "Abs", "Sqrt", "Reciprocal", "Identity", "Relu", "Dropout"}) {
    CAPTURE(op);
    for (int i = 0; i < 15; ++i) check_equal(run_op(random_case(op, ElementType::float32, 1, random)));
  }
  for (const char* op : {"Neg", "Abs", "Identity", "Relu"}) {
    check_equal(run_op(random_case(op, ElementType::int16, 1, random)));
  }
}

TEST_CASE("Arithmetic: Min and Max take any number of operands and keep NaN") {
  Random random(4);
  for (int operands = 1; operands <= 5; ++operands) {
    check_equal(run_op(random_case("Max", ElementType::float32, operands, random)));
    check_equal(run_op(random_case("Min", ElementType::int32, operands, random)));
  }
  const float nan = std::numeric_limits<float>::quiet_NaN();
  check_equal(run_op(with_operands("Max", {floats({3}, {nan, 1, 2}), floats({3}, {0, nan, 3})})));
  check_equal(run_op(with_operands("Min", {floats({3}, {nan, 1, 2}), floats({3}, {0, nan, 3})})));
}

TEST_CASE("Arithmetic: integer quotients truncate on the host and have no hardware") {
  const auto quotients = evaluate_op(with_operands("Div", {int64s({7, -7, 7, 5}), int64s({2, 2, -2, 0})}));
  CHECK(quotients.expected[0].to_int64s() == std::vector<std::int64_t>{3, -3, -3, 0});
  CHECK(refusal(with_operands("Div", {int64s({7}), int64s({2})})).find("int64") != std::string::npos);
}

TEST_CASE("Arithmetic: shapes and types that don't fit are refused by name") {
  CHECK(refusal(with_operands("Add", {floats({2}, {1, 2}), floats({3}, {1, 2, 3})})).find("[2] and [3]") !=
        std::string::npos);
  CHECK(refusal(with_operands("Add", {floats({1}, {1}), int64s({1})})).find("float32 and int64") != std::string::npos);
  CHECK(refusal(with_operands("Add", {floats({1}, {1})})).find("1 operands") != std::string::npos);
}

TEST_CASE("Arithmetic: an operand used twice has one array, a known element none") {
  Random random(5);
  const Tensor x = random_tensor(ElementType::float32, {3, 5}, random);
  OpCase test = with_operands("Mul", {x, floats({1, 1}, {2.5F})});
  test.constant = {false, true};
  const OpRun run = run_op(test);
  check_equal(run);
  CHECK(run.kernel->arrays.size() == 2);
  CHECK(run.kernel->token_loops.size() == 1);
}

TEST_CASE("Arithmetic: images stream by rows with all their channels") {
  Random random(6);
  const Tensor x = random_tensor(ElementType::float32, {2, 3, 5, 7}, random);
  const OpRun run = run_op(with_operands("Add", {x, random_tensor(ElementType::float32, {3, 1, 1}, random)}));
  check_equal(run);
  CHECK(token_count(*run.kernel) == 10);
  CHECK(run.kernel->nests[0].loops.size() == 2);
}
