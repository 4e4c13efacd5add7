#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

OpCase random_pool(int rank, Random& random) {
  Shape x{random_int(1, 2, random), random_int(1, 3, random)};
  std::vector<std::int64_t> kernel, strides, dilations, pads(static_cast<std::size_t>(2 * rank));
  for (int i = 0; i < rank; ++i) {
    kernel.push_back(random_int(1, 3, random));
    strides.push_back(random_int(1, 4, random));
    dilations.push_back(random_int(1, 2, random));
    x.push_back(random_int(static_cast<int>((kernel.back() - 1) * dilations.back() + 1), 8, random));
    pads[static_cast<std::size_t>(i)] = random_int(0, static_cast<int>(kernel.back()) - 1, random);
    pads[static_cast<std::size_t>(rank + i)] = random_int(0, static_cast<int>(kernel.back()) - 1, random);
  }
  OpCase test{.op = "AveragePool",
              .attributes = {{"kernel_shape", kernel}, {"strides", strides}, {"dilations", dilations}},
              .operands = {random_tensor(ElementType::float32, x, random)},
              .constant = {},
              .opset = 19,
              .epilogues = {}};
  test.attributes["ceil_mode"] = std::int64_t{random_int(0, 1, random)};
  test.attributes["count_include_pad"] = std::int64_t{random_int(0, 1, random)};
  const int padding = random_int(0, 3, random);
  if (padding == 0) test.attributes["auto_pad"] = std::string("SAME_UPPER");
  if (padding == 1) test.attributes["auto_pad"] = std::string("SAME_LOWER");
  if (padding > 1) test.attributes["pads"] = pads;
  return test;
}

std::vector<double> averages(Attributes attributes) {
  attributes["kernel_shape"] = std::vector<std::int64_t>{3};
  const OpRun run = run_op({.op = "AveragePool",
                            .attributes = attributes,
                            .operands = {floats({1, 1, 4}, {6, 12, 18, 24})},
                            .constant = {},
                            .epilogues = {}});
  check_close(run, 1e-6);
  return run.expected[0].to_doubles();
}

}  // namespace

TEST_CASE("AveragePool: the kernel computes what the host computes") {
  Random random(1);
  for (int rank = 1; rank <= 3; ++rank) {
    for (int i = 0; i < 60; ++i) check_close(run_op(random_pool(rank, random)), 1e-6);
  }
}

TEST_CASE("AveragePool: padding counts only where asked") {
  const std::vector<std::int64_t> pads{1, 1};
  CHECK(averages({{"pads", pads}}) == std::vector<double>{9, 12, 18, 21});
  CHECK(averages({{"pads", pads}, {"count_include_pad", std::int64_t{1}}}) == std::vector<double>{6, 12, 18, 14});
}

TEST_CASE("AveragePool: what ceil_mode reads behind the padding never counts") {
  const std::vector<std::int64_t> strides{2};
  const Attributes ceil{{"strides", strides}, {"ceil_mode", std::int64_t{1}}, {"count_include_pad", std::int64_t{1}}};
  CHECK(averages(ceil) == std::vector<double>{12, 21});
}

TEST_CASE("GlobalAveragePool and GlobalMaxPool fold whole images") {
  Random random(2);
  for (int rank = 1; rank <= 3; ++rank) {
    Shape shape = random_shape(rank + 2, random);
    for (const auto* op : {"GlobalAveragePool", "GlobalMaxPool"}) {
      const OpRun run = run_op({.op = op,
                                .attributes = {},
                                .operands = {random_tensor(ElementType::float32, shape, random)},
                                .constant = {},
                                .epilogues = {}});
      check_close(run, 1e-6);
      Shape expected(shape.size(), 1);
      expected[0] = shape[0];
      expected[1] = shape[1];
      CHECK(run.types[0].shape == expected);
    }
  }
}
