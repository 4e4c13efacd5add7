#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

using Ints = std::vector<std::int64_t>;

Ints padded(const std::string& mode, const Ints& pads) {
  const OpRun run = run_op({.op = "Pad",
                            .attributes = {{"mode", mode}},
                            .operands = {tensor<std::int32_t>(ElementType::int32, {4}, {1, 2, 3, 4}), int64s(pads)},
                            .constant = {false, true},
                            .epilogues = {}});
  check_equal(run);
  return run.expected[0].to_int64s();
}

}  // namespace

TEST_CASE("Pad: every mode") {
  CHECK(padded("constant", {2, 1}) == Ints{0, 0, 1, 2, 3, 4, 0});
  CHECK(padded("constant", {-1, 2}) == Ints{2, 3, 4, 0, 0});
  CHECK(padded("edge", {2, 3}) == Ints{1, 1, 1, 2, 3, 4, 4, 4, 4});
  CHECK(padded("reflect", {3, 2}) == Ints{4, 3, 2, 1, 2, 3, 4, 3, 2});
  CHECK(padded("wrap", {1, 2}) == Ints{4, 1, 2, 3, 4, 1, 2});
}

TEST_CASE("Pad: the value and the axes") {
  OpCase test{.op = "Pad",
              .attributes = {},
              .operands = {floats({1, 2}, {1, 2}), int64s({1, 0}), floats({}, {7}), int64s({-1})},
              .constant = {false, true, true, true},
              .opset = 18,
              .epilogues = {}};
  const OpRun run = run_op(test);
  check_equal(run);
  CHECK(run.expected[0].to_doubles() == std::vector<double>{7, 1, 2});
  const OpRun old = run_op({.op = "Pad",
                            .attributes = {{"pads", Ints{0, 1, 0, 0}}, {"value", 7.0F}},
                            .operands = {floats({1, 2}, {1, 2})},
                            .constant = {},
                            .opset = 2,
                            .epilogues = {}});
  check_equal(old);
  CHECK(old.expected[0].to_doubles() == std::vector<double>{7, 1, 2});
}

TEST_CASE("Pad: the kernel moves what the host moves") {
  Random random(1);
  for (const auto* mode : {"constant", "edge", "reflect", "wrap"}) {
    for (int i = 0; i < 30; ++i) {
      const int rank = random_int(1, 4, random);
      Ints pads;
      for (int p = 0; p < 2 * rank; ++p) pads.push_back(random_int(0, 3, random));
      check_equal(
          run_op({.op = "Pad",
                  .attributes = {{"mode", std::string(mode)}},
                  .operands = {random_tensor(ElementType::float32, random_shape(rank, random), random), int64s(pads)},
                  .constant = {false, true},
                  .epilogues = {}}));
    }
  }
}

TEST_CASE("Pad: refuses what it can't know or doesn't know") {
  OpCase test{.op = "Pad",
              .attributes = {{"mode", std::string("mirror")}},
              .operands = {floats({2}, {1, 2}), int64s({1, 1})},
              .constant = {false, true},
              .epilogues = {}};
  CHECK(refusal(test).find("mirror") != std::string::npos);
  test.attributes.clear();
  test.constant = {};
  CHECK(refusal(test).find("constant") != std::string::npos);
}
