#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

using Ints = std::vector<std::int64_t>;

/// An operator on a tensor that counts 0, 1, 2, ... (int32), followed by constant lists of integers.
OpCase moving(std::string op, const Shape& x, const std::vector<Ints>& lists = {}, Attributes attributes = {}) {
  std::vector<std::int32_t> values(static_cast<std::size_t>(element_count(x)));
  std::iota(values.begin(), values.end(), 0);
  OpCase test{.op = std::move(op),
              .attributes = std::move(attributes),
              .operands = {tensor(ElementType::int32, x, values)},
              .constant = {false},
              .epilogues = {}};
  for (const auto& list : lists) {
    test.operands.push_back(int64s(list));
    test.constant.push_back(true);
  }
  return test;
}

Ints moved(const OpCase& test) {
  const OpRun run = run_op(test);
  check_equal(run);
  return run.expected[0].to_int64s();
}

constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max();

}  // namespace

TEST_CASE("Transpose") {
  CHECK(moved(moving("Transpose", {2, 3})) == Ints{0, 3, 1, 4, 2, 5});
  CHECK(moved(moving("Transpose", {2, 1, 3}, {}, {{"perm", Ints{2, 0, 1}}})) == Ints{0, 3, 1, 4, 2, 5});
  Random random(1);
  for (int i = 0; i < 40; ++i) {
    const int rank = random_int(1, 5, random);
    Ints perm(static_cast<std::size_t>(rank));
    std::iota(perm.begin(), perm.end(), 0);
    std::ranges::shuffle(perm, random);
    const Shape x = random_shape(rank, random);
    const OpRun run = run_op(moving("Transpose", x, {}, {{"perm", perm}}));
    check_equal(run);
    for (std::size_t d = 0; d < perm.size(); ++d) CHECK(run.types[0].shape[d] == x[static_cast<std::size_t>(perm[d])]);
  }
  CHECK(refusal(moving("Transpose", {2, 3}, {}, {{"perm", Ints{0, 0}}})).find("twice") != std::string::npos);
}

TEST_CASE("Concat") {
  Random random(2);
  for (int i = 0; i < 40; ++i) {
    const int rank = random_int(1, 4, random), axis = random_int(-rank, rank - 1, random);
    Shape shape = random_shape(rank, random);
    OpCase test{
        .op = "Concat", .attributes = {{"axis", std::int64_t{axis}}}, .operands = {}, .constant = {}, .epilogues = {}};
    std::int64_t total = 0;
    for (int operand = random_int(1, 4, random); operand > 0; --operand) {
      auto& extent = shape[static_cast<std::size_t>(axis < 0 ? axis + rank : axis)];
      extent = random_int(1, 4, random);
      total += extent;
      test.operands.push_back(random_tensor(ElementType::float32, shape, random));
      test.constant.push_back(random_int(0, 2, random) == 0);
    }
    const OpRun run = run_op(test);
    check_equal(run);
    CHECK(run.types[0].shape[static_cast<std::size_t>(axis < 0 ? axis + rank : axis)] == total);
  }
  OpCase wrong = moving("Concat", {2, 3}, {}, {{"axis", std::int64_t{0}}});
  wrong.operands.push_back(Tensor({ElementType::int32, {2, 4}}));
  CHECK(refusal(wrong).find("can't be joined") != std::string::npos);
}

TEST_CASE("Split is what Concat undoes") {
  for (const std::int64_t axis : {0, 1, -1, 2}) {
    OpCase test = moving("Split", {5, 7, 3, 2}, {}, {{"axis", axis}});
    const std::int64_t extent = test.operands[0]->shape()[static_cast<std::size_t>((axis + 4) % 4)];
    test.operands.push_back(int64s({1, extent - 1}));
    test.constant.push_back(true);
    test.outputs = 2;
    const OpRun run = run_op(test);
    check_equal(run);
    const OpRun back = run_op({.op = "Concat",
                               .attributes = {{"axis", axis}},
                               .operands = {run.expected[0], run.expected[1]},
                               .constant = {},
                               .epilogues = {}});
    CHECK(back.expected[0].to_int64s() == test.operands[0]->to_int64s());
  }
}

TEST_CASE("Split into equal parts, the last one shorter from opset 18") {
  OpCase test = moving("Split", {7}, {}, {{"num_outputs", std::int64_t{3}}});
  test.outputs = 3;
  test.opset = 18;
  const OpRun run = run_op(test);
  check_equal(run);
  CHECK(run.expected[2].to_int64s() == Ints{6});
}

TEST_CASE("Slice: steps, clamping and axes from behind") {
  CHECK(moved(moving("Slice", {10}, {{2}, {7}, {0}, {2}})) == Ints{2, 4, 6});
  CHECK(moved(moving("Slice", {10}, {{-1}, {-kFar - 1}, {0}, {-3}})) == Ints{9, 6, 3, 0});
  CHECK(moved(moving("Slice", {10}, {{-3}, {kFar}})) == Ints{7, 8, 9});
  CHECK(moved(moving("Slice", {10}, {{20}, {7}, {-1}, {-1}})) == Ints{9, 8});
  CHECK(moved(moving("Slice", {10}, {{4}, {kFar}, {0}, {kFar}})) == Ints{4});
  CHECK(moved(moving("Slice", {2, 3, 4}, {{1, 0}, {3, 1}, {-1, 0}})) == Ints{1, 2, 5, 6, 9, 10});
  Attributes old{{"starts", Ints{1}}, {"ends", Ints{-1}}, {"axes", Ints{1}}};
  CHECK(moved(moving("Slice", {2, 4}, {}, old)) == Ints{1, 2, 5, 6});
  CHECK(refusal(moving("Slice", {4}, {{0}, {1}, {0}, {0}})).find("step") != std::string::npos);
  CHECK(refusal(moving("Slice", {4}, {{0}, {1, 2}})).find("equally many") != std::string::npos);
}

TEST_CASE("Expand and Tile") {
  CHECK(moved(moving("Expand", {3, 1}, {{2}})) == Ints{0, 0, 1, 1, 2, 2});
  CHECK(moved(moving("Expand", {2}, {{2, 1, 1}})) == Ints{0, 1, 0, 1});
  CHECK(moved(moving("Tile", {2, 2}, {{1, 2}})) == Ints{0, 1, 0, 1, 2, 3, 2, 3});
  CHECK(moved(moving("Tile", {1, 2, 2, 3}, {{2, 1, 3, 1}})).size() == 72);
}

TEST_CASE("DepthToSpace and SpaceToDepth") {
  const Attributes block{{"blocksize", std::int64_t{2}}};
  Attributes crd = block;
  crd["mode"] = std::string("CRD");
  CHECK(moved(moving("DepthToSpace", {1, 8, 1, 1}, {}, block)) == Ints{0, 2, 4, 6, 1, 3, 5, 7});
  CHECK(moved(moving("DepthToSpace", {1, 8, 1, 1}, {}, crd)) == Ints{0, 1, 2, 3, 4, 5, 6, 7});
  CHECK(moved(moving("SpaceToDepth", {1, 1, 2, 4}, {}, block)) == Ints{0, 2, 1, 3, 4, 6, 5, 7});
  for (const auto& attributes : {block, crd})
    check_equal(run_op(moving("DepthToSpace", {2, 12, 3, 5}, {}, attributes)));
  const OpRun there = run_op(moving("SpaceToDepth", {2, 3, 6, 4}, {}, block));
  check_equal(there);
  const OpRun back = run_op(
      {.op = "DepthToSpace", .attributes = block, .operands = {there.expected[0]}, .constant = {}, .epilogues = {}});
  CHECK(back.expected[0].to_int64s() == moving("", {2, 3, 6, 4}).operands[0]->to_int64s());
}
