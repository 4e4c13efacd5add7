#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

OpCase normalization(const Shape& shape, bool constant, Random& random) {
  const Shape channels{shape.size() < 2 ? 1 : shape[1]};
  OpCase test{.op = "BatchNormalization",
              .attributes = {{"epsilon", 0.01F}},
              .operands = {random_tensor(ElementType::float32, shape, random)},
              .constant = {false},
              .epilogues = {}};
  for (int i = 0; i < 4; ++i) {
    test.operands.push_back(random_tensor(ElementType::float32, channels, random, i == 3 ? 0.1 : -2, 2));
    test.constant.push_back(constant);
  }
  return test;
}

}  // namespace

TEST_CASE("BatchNormalization: the kernel computes what the host computes") {
  Random random(1);
  for (int rank = 1; rank <= 5; ++rank) {
    for (int i = 0; i < 10; ++i)
      check_close(run_op(normalization(random_shape(rank, random), i % 2 == 0, random)), 1e-5);
  }
}

TEST_CASE("BatchNormalization: a known result") {
  const OpRun run = run_op({.op = "BatchNormalization",
                            .attributes = {{"epsilon", 0.0F}},
                            .operands = {floats({1, 2, 1}, {3, 5}), floats({2}, {10, 1}), floats({2}, {0.5F, 0}),
                                         floats({2}, {1, 4}), floats({2}, {4, 0.25F})},
                            .constant = {false, true, true, true, true},
                            .epilogues = {}});
  check_close(run, 1e-6);
  CHECK(run.expected[0].to_doubles() == std::vector<double>{10.5, 2});
}

TEST_CASE("BatchNormalization: known statistics cost one product and one sum") {
  Random random(2);
  const OpRun run = run_op(normalization({1, 3, 2, 2}, true, random));
  for (const auto& op : run.kernel->nests.at(0).body) {
    CHECK(op.code != Opcode::divide);
    CHECK(op.code != Opcode::square_root);
  }
}

TEST_CASE("BatchNormalization: refuses the training form") {
  Random random(3);
  OpCase test = normalization({1, 3, 2, 2}, true, random);
  test.attributes["training_mode"] = std::int64_t{1};
  CHECK(refusal(test).find("training") != std::string::npos);
}
