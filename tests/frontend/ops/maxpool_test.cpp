#include <doctest/doctest.h>

#include <limits>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

OpCase random_pool(int rank, ElementType element, Random& random) {
  Shape x{random_int(1, 2, random), random_int(1, 3, random)};
  std::vector<std::int64_t> kernel, strides, dilations, pads(static_cast<std::size_t>(2 * rank));
  for (int i = 0; i < rank; ++i) {
    kernel.push_back(random_int(1, 3, random));
    strides.push_back(random_int(1, 4, random));
    dilations.push_back(random_int(1, 2, random));
    const auto span = static_cast<int>((kernel.back() - 1) * dilations.back() + 1);
    x.push_back(random_int(span, 8, random));
    pads[static_cast<std::size_t>(i)] = random_int(0, static_cast<int>(kernel.back()) - 1, random);
    pads[static_cast<std::size_t>(rank + i)] = random_int(0, static_cast<int>(kernel.back()) - 1, random);
  }
  OpCase test{.op = "MaxPool",
              .attributes = {{"kernel_shape", kernel}, {"strides", strides}, {"dilations", dilations}},
              .operands = {random_tensor(element, x, random, -100, 100)},
              .constant = {},
              .epilogues = {}};
  test.attributes["ceil_mode"] = std::int64_t{random_int(0, 1, random)};
  const int padding = random_int(0, 3, random);
  if (padding == 0) test.attributes["auto_pad"] = std::string("SAME_UPPER");
  if (padding == 1) test.attributes["auto_pad"] = std::string("SAME_LOWER");
  if (padding > 1) test.attributes["pads"] = pads;
  return test;
}

OpCase pool_1d(const std::vector<float>& x, std::int64_t kernel, std::int64_t stride) {
  return {.op = "MaxPool",
          .attributes = {{"kernel_shape", std::vector{kernel}}, {"strides", std::vector{stride}}},
          .operands = {floats({1, 1, static_cast<std::int64_t>(x.size())}, x)},
          .constant = {},
          .epilogues = {}};
}

}  // namespace

TEST_CASE("MaxPool: the kernel computes what the host computes") {
  Random random(1);
  for (int rank = 1; rank <= 3; ++rank) {
    for (const auto element : {ElementType::float32, ElementType::float16, ElementType::int8, ElementType::uint8}) {
      for (int i = 0; i < 20; ++i) check_equal(run_op(random_pool(rank, element, random)));
    }
  }
}

TEST_CASE("MaxPool: ceil_mode adds a window only if it starts before the padding") {
  OpCase test = pool_1d({1, 2, 3, 4, 5}, 2, 2);
  CHECK(evaluate_op(test).types[0].shape == Shape{1, 1, 2});
  test.attributes["ceil_mode"] = std::int64_t{1};
  CHECK(evaluate_op(test).types[0].shape == Shape{1, 1, 3});
  check_equal(run_op(test));
  test = pool_1d({1, 2, 3, 4}, 1, 3);
  test.attributes["pads"] = std::vector<std::int64_t>{0, 1};
  test.attributes["ceil_mode"] = std::int64_t{1};
  CHECK(evaluate_op(test).types[0].shape == Shape{1, 1, 2});
}

TEST_CASE("MaxPool: a NaN is the maximum of its window") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const OpRun run = run_op(pool_1d({1, nan, 3, 4, -5, -6}, 2, 2));
  const auto y = run.expected[0].to_doubles();
  CHECK(y[0] != y[0]);
  CHECK(y[1] == 4);
  CHECK(y[2] == -5);
  check_equal(run);
}

TEST_CASE("MaxPool: refuses the indices") {
  OpCase test = pool_1d({1, 2, 3}, 2, 1);
  test.outputs = 2;
  CHECK(refusal(test).find("Indices") != std::string::npos);
}
