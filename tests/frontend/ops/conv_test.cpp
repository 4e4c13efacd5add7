#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

/// A convolution with random everything over `rank` spatial axes.
OpCase random_conv(int rank, Random& random) {
  const std::int64_t groups = random_int(1, 3, random);
  const std::int64_t in_channels = random_int(1, 3, random);
  const std::int64_t out_channels = random_int(1, 3, random);
  Shape x{random_int(1, 2, random), groups * in_channels};
  Shape w{groups * out_channels, in_channels};
  std::vector<std::int64_t> strides, dilations, before, after;
  for (int i = 0; i < rank; ++i) {
    const int kernel = random_int(1, 3, random);
    dilations.push_back(random_int(1, 2, random));
    strides.push_back(random_int(1, 4, random));
    before.push_back(random_int(0, 2, random));
    after.push_back(random_int(0, 2, random));
    w.push_back(kernel);
    x.push_back(random_int(static_cast<int>((kernel - 1) * dilations.back() + 1), 8, random));
  }
  OpCase test{
      .op = "Conv",
      .attributes = {{"group", groups}, {"strides", strides}, {"dilations", dilations}},
      .operands = {random_tensor(ElementType::float32, x, random), random_tensor(ElementType::float32, w, random)},
      .constant = {false, random_int(0, 3, random) != 0},
      .epilogues = {}};
  switch (random_int(0, 3, random)) {
    case 0:
      test.attributes["auto_pad"] = std::string("SAME_UPPER");
      break;
    case 1:
      test.attributes["auto_pad"] = std::string("SAME_LOWER");
      break;
    case 2:
      test.attributes["auto_pad"] = std::string("VALID");
      break;
    default:
      before.insert(before.end(), after.begin(), after.end());
      test.attributes["pads"] = before;
  }
  if (random_int(0, 1, random) == 1) {
    test.operands.push_back(random_tensor(ElementType::float32, {w[0]}, random));
    test.constant.push_back(random_int(0, 1, random) == 1);
  }
  return test;
}

bool has_guarded_load(const Kernel& kernel) {
  for (const auto& op : kernel.nests.at(0).body) {
    if (op.code == Opcode::load && !op.operands.empty()) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("Conv: the kernel computes what the host computes") {
  Random random(1);
  for (int rank = 1; rank <= 3; ++rank) {
    for (int i = 0; i < 60; ++i) check_close(run_op(random_conv(rank, random)), 1e-5);
  }
}

TEST_CASE("Conv: a tensor is added to the result") {
  Random random(4);
  for (int i = 0; i < 40; ++i) {
    OpCase test = random_conv(2, random);
    const Shape y = evaluate_op(test).types[0].shape;
    if (test.operands.size() == 2) test.operands.emplace_back();
    test.operands.emplace_back(random_tensor(ElementType::float32, y, random));
    const OpRun run = run_op(test);
    check_close(run, 1e-5);
    test.operands[3].reset();
    CHECK(evaluate_op(test).expected[0].to_doubles() != run.expected[0].to_doubles());
    test.operands[3] = floats({1}, {1});
    CHECK(refusal(test).find("can't be added") != std::string::npos);
  }
}

TEST_CASE("Conv: a known result") {
  const OpCase test{
      .op = "Conv",
      .attributes = {{"pads", std::vector<std::int64_t>{0, 1, 0, 0}}},
      .operands = {floats({1, 1, 2, 2}, {1, 2, 3, 4}), floats({1, 1, 2, 2}, {1, 10, 100, 1000}), floats({1}, {0.5F})},
      .constant = {false, true, true},
      .epilogues = {}};
  const OpRun run = run_op(test);
  CHECK(run.types[0].shape == Shape{1, 1, 1, 2});
  CHECK(run.expected[0].to_doubles() == std::vector<double>{3010.5, 4321.5});
  check_equal(run);
}

TEST_CASE("Conv: a pointwise convolution has no padding and no loops over taps") {
  Random random(2);
  const OpCase test{.op = "Conv",
                    .attributes = {},
                    .operands = {random_tensor(ElementType::float32, {1, 3, 5, 7}, random),
                                 random_tensor(ElementType::float32, {2, 3, 1, 1}, random)},
                    .constant = {false, true},
                    .epilogues = {}};
  const OpRun run = run_op(test);
  check_close(run, 1e-5);
  CHECK(run.kernel->token_loops.size() == 1);
  CHECK(run.kernel->nests[0].loops.size() == 3);
  CHECK_FALSE(has_guarded_load(*run.kernel));
  CHECK(run.kernel->macs == 2 * 3 * 5 * 7);
}

TEST_CASE("Conv: half precision") {
  Random random(3);
  const OpCase test{.op = "Conv",
                    .attributes = {{"pads", std::vector<std::int64_t>{1, 1, 1, 1}}},
                    .operands = {random_tensor(ElementType::float16, {1, 2, 5, 3}, random),
                                 random_tensor(ElementType::float16, {3, 2, 3, 3}, random)},
                    .constant = {false, true},
                    .epilogues = {}};
  check_close(run_op(test), 0.05);
}

TEST_CASE("Conv: refuses what does not fit") {
  const Tensor x({ElementType::float32, {1, 4, 5, 5}});
  const auto conv = [&](Shape w, Attributes attributes) {
    return refusal({.op = "Conv",
                    .attributes = std::move(attributes),
                    .operands = {x, Tensor({ElementType::float32, std::move(w)})},
                    .constant = {},
                    .epilogues = {}});
  };
  CHECK(conv({2, 3, 3, 3}, {}).find("4 input channels") != std::string::npos);
  CHECK(conv({2, 4, 7, 3}, {}).find("does not fit") != std::string::npos);
  CHECK(conv({2, 4, 3, 3}, {{"strides", std::vector<std::int64_t>{0, 1}}}).find("strides") != std::string::npos);
  CHECK(conv({2, 4, 3, 3}, {{"pads", std::vector<std::int64_t>{1, 1}}}).find("pads") != std::string::npos);
  CHECK(conv({2, 4, 3, 3}, {{"auto_pad", std::string("MAYBE")}}).find("MAYBE") != std::string::npos);
}
