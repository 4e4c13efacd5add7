#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

OpCase resize(const Shape& x, const std::vector<float>& scales, Attributes attributes) {
  Random random(3);
  return {.op = "Resize",
          .attributes = std::move(attributes),
          .operands = {random_tensor(ElementType::float32, x, random), std::nullopt,
                       floats({static_cast<std::int64_t>(scales.size())}, scales)},
          .constant = {false, true, true},
          .epilogues = {}};
}

std::vector<double> resized(std::vector<float> x, float scale, Attributes attributes) {
  OpCase test = resize({1}, {scale}, std::move(attributes));
  const auto count = static_cast<std::int64_t>(x.size());
  test.operands[0] = floats({count}, x);
  const OpRun run = run_op(test);
  check_equal(run);
  return run.expected[0].to_doubles();
}

}  // namespace

TEST_CASE("Resize: how places are found and rounded") {
  const Attributes asymmetric{{"coordinate_transformation_mode", std::string("asymmetric")},
                              {"nearest_mode", std::string("floor")}};
  CHECK(resized({1, 2, 3}, 2, asymmetric) == std::vector<double>{1, 1, 2, 2, 3, 3});
  CHECK(resized({1, 2, 3, 4}, 0.5F, asymmetric) == std::vector<double>{1, 3});
  CHECK(resized({1, 2, 3}, 2, {}) == std::vector<double>{1, 1, 2, 2, 3, 3});
  CHECK(resized({1, 2, 3, 4}, 0.5F, {}) == std::vector<double>{1, 3});
  CHECK(resized({1, 2, 3, 4}, 0.5F, {{"nearest_mode", std::string("ceil")}}) == std::vector<double>{2, 4});
  CHECK(resized({1, 2}, 2.5F, {{"coordinate_transformation_mode", std::string("align_corners")}}) ==
        std::vector<double>{1, 1, 1, 2, 2});
}

TEST_CASE("Resize: a whole factor needs no table") {
  const OpRun run = run_op(resize({1, 2, 3, 5}, {1, 1, 2, 3}, {}));
  check_equal(run);
  for (const auto& op : run.kernel->nests.at(0).body) CHECK(op.code != Opcode::lookup);
}

TEST_CASE("Resize: uneven factors use tables") {
  for (const auto* mode : {"half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel"}) {
    check_equal(
        run_op(resize({2, 3, 5, 7}, {1, 1, 1.7F, 0.6F}, {{"coordinate_transformation_mode", std::string(mode)}})));
  }
}

TEST_CASE("Resize: refuses interpolation") {
  CHECK(refusal(resize({1, 1, 2, 2}, {1, 1, 2, 2}, {{"mode", std::string("cubic")}})).find("cubic") !=
        std::string::npos);
}

TEST_CASE("Upsample: scales as an attribute and as an operand") {
  OpCase test{.op = "Upsample",
              .attributes = {{"scales", std::vector<float>{1, 1, 2, 1}}},
              .operands = {floats({1, 1, 2, 2}, {1, 2, 3, 4})},
              .constant = {},
              .opset = 7,
              .epilogues = {}};
  CHECK(run_op(test).expected[0].to_doubles() == std::vector<double>{1, 2, 1, 2, 3, 4, 3, 4});
  test.attributes.clear();
  test.operands.push_back(floats({4}, {1, 1, 1, 2}));
  test.constant = {false, true};
  const OpRun run = run_op(test);
  check_equal(run);
  CHECK(run.expected[0].to_doubles() == std::vector<double>{1, 1, 2, 2, 3, 3, 4, 4});
}
