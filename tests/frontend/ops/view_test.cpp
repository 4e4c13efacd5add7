#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

OpCase reshape(const Shape& x, const std::vector<std::int64_t>& shape) {
  Random random(7);
  return {.op = "Reshape",
          .attributes = {},
          .operands = {random_tensor(ElementType::float32, x, random), int64s(shape)},
          .constant = {false, true},
          .epilogues = {}};
}

Shape reshaped(const Shape& x, const std::vector<std::int64_t>& shape) {
  const OpRun run = run_op(reshape(x, shape));
  check_equal(run);
  return run.types[0].shape;
}

Shape flattened(const Shape& x, std::int64_t axis) {
  Random random(7);
  const OpRun run = run_op({.op = "Flatten",
                            .attributes = {{"axis", axis}},
                            .operands = {random_tensor(ElementType::int8, x, random, -100, 100)},
                            .constant = {},
                            .epilogues = {}});
  check_equal(run);
  return run.types[0].shape;
}

}  // namespace

TEST_CASE("Reshape: 0 keeps an extent, -1 takes what is left") {
  CHECK(reshaped({2, 3, 5}, {30}) == Shape{30});
  CHECK(reshaped({2, 3, 5}, {0, -1}) == Shape{2, 15});
  CHECK(reshaped({2, 3, 5}, {-1, 0, 1}) == Shape{10, 3, 1});
  CHECK(reshaped({1}, {}) == Shape{});
}

TEST_CASE("Reshape: the shape as an attribute, as in opset 1") {
  OpCase test = reshape({2, 3}, {});
  test.operands.pop_back();
  test.attributes["shape"] = std::vector<std::int64_t>{3, -1};
  CHECK(run_op(test).types[0].shape == Shape{3, 2});
}

TEST_CASE("Reshape: refuses what does not fit") {
  CHECK(refusal(reshape({2, 3}, {4, -1})).find("can't become") != std::string::npos);
  CHECK(refusal(reshape({2, 3}, {2, 3, 0})).find("can't become") != std::string::npos);
  CHECK(refusal(reshape({2, 3}, {-1, -1})).find("can't become") != std::string::npos);
  OpCase computed = reshape({2, 3}, {6});
  computed.constant = {};
  CHECK(refusal(computed).find("constant") != std::string::npos);
}

TEST_CASE("Flatten: every axis") {
  CHECK(flattened({2, 3, 5}, 0) == Shape{1, 30});
  CHECK(flattened({2, 3, 5}, 1) == Shape{2, 15});
  CHECK(flattened({2, 3, 5}, 3) == Shape{30, 1});
  CHECK(flattened({2, 3, 5}, -1) == Shape{6, 5});
}

namespace {

Shape viewed(const std::string& op, const Shape& x, std::optional<std::vector<std::int64_t>> axes, bool as_attribute) {
  Random random(7);
  OpCase test{.op = op,
              .attributes = {},
              .operands = {random_tensor(ElementType::float32, x, random)},
              .constant = {false, true},
              .epilogues = {}};
  if (axes && as_attribute) test.attributes["axes"] = *axes;
  if (axes && !as_attribute) test.operands.emplace_back(int64s(*axes));
  const OpRun run = run_op(test);
  check_equal(run);
  return run.types[0].shape;
}

}  // namespace

TEST_CASE("Squeeze and Unsqueeze: axes as an attribute and as an operand") {
  for (const bool as_attribute : {true, false}) {
    CHECK(viewed("Squeeze", {1, 3, 1, 5}, {{0, -2}}, as_attribute) == Shape{3, 5});
    CHECK(viewed("Unsqueeze", {3, 5}, {{-1, 0}}, as_attribute) == Shape{1, 3, 5, 1});
  }
  CHECK(viewed("Squeeze", {1, 3, 1, 5}, {}, true) == Shape{3, 5});
}

TEST_CASE("Squeeze: refuses an axis longer than 1") {
  const OpCase test{.op = "Squeeze",
                    .attributes = {{"axes", std::vector<std::int64_t>{1}}},
                    .operands = {Tensor({ElementType::float32, {1, 3}})},
                    .constant = {},
                    .epilogues = {}};
  CHECK(refusal(test).find("3 long") != std::string::npos);
}

TEST_CASE("A view with an epilogue knows where its elements are") {
  OpCase test = reshape({2, 6}, {2, 3, 2});
  const auto slope = std::make_shared<const Tensor>(floats({3, 1}, {0.5F, 2, 3}));
  test.epilogues.push_back({.op = "PRelu", .attributes = {}, .constants = {slope}});
  check_equal(run_op(test));
}
