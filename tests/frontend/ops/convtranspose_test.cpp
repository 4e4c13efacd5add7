#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

using Ints = std::vector<std::int64_t>;

OpCase random_case(int rank, Random& random) {
  const std::int64_t groups = random_int(1, 2, random), in_channels = random_int(1, 2, random);
  Shape x{random_int(1, 2, random), groups * in_channels}, w{groups * in_channels, random_int(1, 3, random)};
  Ints strides, dilations, pads, after, output_padding;
  for (int i = 0; i < rank; ++i) {
    x.push_back(random_int(1, 5, random));
    w.push_back(random_int(1, 4, random));
    strides.push_back(random_int(1, 4, random));
    dilations.push_back(random_int(1, 2, random));
    const auto spare = static_cast<int>((x.back() - 1) * strides.back() + (w.back() - 1) * dilations.back());
    pads.push_back(random_int(0, spare / 2, random));
    after.push_back(random_int(0, spare / 2, random));
    output_padding.push_back(random_int(0, static_cast<int>(strides.back()) - 1, random));
  }
  pads.insert(pads.end(), after.begin(), after.end());
  OpCase test{
      .op = "ConvTranspose",
      .attributes = {{"group", groups},
                     {"strides", strides},
                     {"dilations", dilations},
                     {"output_padding", output_padding}},
      .operands = {random_tensor(ElementType::float32, x, random), random_tensor(ElementType::float32, w, random)},
      .constant = {false, true},
      .epilogues = {}};
  if (random_int(0, 2, random) != 0) test.attributes["pads"] = pads;
  if (random_int(0, 1, random) != 0) {
    test.operands.push_back(random_tensor(ElementType::float32, {groups * w[1]}, random));
    test.constant.push_back(true);
  }
  return test;
}

}  // namespace

TEST_CASE("ConvTranspose: the kernel's sums are the host's scattered products") {
  Random random(1);
  for (int rank = 1; rank <= 3; ++rank) {
    for (int i = 0; i < 40; ++i) check_close(run_op(random_case(rank, random)), 1e-5);
  }
}

TEST_CASE("ConvTranspose: computed weights, if they are not dilated") {
  Random random(2);
  OpCase test{.op = "ConvTranspose",
              .attributes = {{"strides", Ints{2}}},
              .operands = {floats({1, 1, 2}, {1, 2}), floats({1, 1, 3}, {1, 10, 100})},
              .constant = {},
              .epilogues = {}};
  const OpRun run = run_op(test);
  check_equal(run);
  CHECK(run.expected[0].to_doubles() == std::vector<double>{1, 10, 102, 20, 200});
  test.attributes["dilations"] = Ints{2};
  CHECK(refusal(test).find("dilated") != std::string::npos);
}

TEST_CASE("ConvTranspose: an output shape decides the padding") {
  OpCase test{.op = "ConvTranspose",
              .attributes = {{"strides", Ints{2}}, {"output_shape", Ints{4}}},
              .operands = {floats({1, 1, 2}, {1, 2}), floats({1, 1, 3}, {1, 10, 100})},
              .constant = {false, true},
              .epilogues = {}};
  CHECK(run_op(test).expected[0].to_doubles() == std::vector<double>{10, 102, 20, 200});
  test.attributes["auto_pad"] = std::string("SAME_UPPER");
  check_equal(run_op(test));
  CHECK(run_op(test).expected[0].to_doubles() == std::vector<double>{1, 10, 102, 20});
}
