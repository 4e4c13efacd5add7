#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

Shape matrix(std::int64_t rows, std::int64_t columns, bool transposed) {
  return transposed ? Shape{columns, rows} : Shape{rows, columns};
}

OpCase random_gemm(Random& random) {
  const std::int64_t m = random_int(1, 5, random), n = random_int(1, 5, random), k = random_int(1, 7, random);
  const bool ta = random_int(0, 1, random) == 1, tb = random_int(0, 1, random) == 1;
  OpCase test{.op = "Gemm",
              .attributes = {{"transA", std::int64_t{ta}}, {"transB", std::int64_t{tb}}},
              .operands = {random_tensor(ElementType::float32, matrix(m, k, ta), random),
                           random_tensor(ElementType::float32, matrix(k, n, tb), random)},
              .constant = {false, random_int(0, 2, random) != 0},
              .epilogues = {}};
  if (random_int(0, 1, random) == 1) test.attributes["alpha"] = 0.75F;
  if (random_int(0, 1, random) == 1) test.attributes["beta"] = random_int(0, 2, random) == 0 ? 0.0F : -1.5F;
  if (random_int(0, 3, random) != 0) {
    test.operands.push_back(random_tensor(ElementType::float32, random_broadcast({m, n}, random), random));
    test.constant.push_back(random_int(0, 1, random) == 1);
  }
  return test;
}

}  // namespace

TEST_CASE("Gemm: the kernel computes what the host computes") {
  Random random(1);
  for (int i = 0; i < 200; ++i) check_close(run_op(random_gemm(random)), 1e-5);
}

TEST_CASE("Gemm: a known result") {
  const OpCase test{.op = "Gemm",
                    .attributes = {{"alpha", 2.0F}, {"beta", 3.0F}, {"transB", std::int64_t{1}}},
                    .operands = {floats({1, 2}, {1, 2}), floats({2, 2}, {10, 20, 30, 40}), floats({2, 1}, {0, 0})},
                    .constant = {},
                    .epilogues = {}};
  CHECK(refusal(test).find("does not broadcast") != std::string::npos);
  OpCase fitting = test;
  fitting.operands[2] = floats({2}, {1, 2});
  const OpRun run = run_op(fitting);
  CHECK(run.expected[0].to_doubles() == std::vector<double>{103, 226});
  check_equal(run);
}

TEST_CASE("Gemm: known factors vanish into the weights") {
  Random random(2);
  const OpCase test{.op = "Gemm",
                    .attributes = {{"alpha", 0.5F}, {"beta", 2.0F}},
                    .operands = {random_tensor(ElementType::float32, {1, 3}, random),
                                 random_tensor(ElementType::float32, {3, 5}, random),
                                 random_tensor(ElementType::float32, {5}, random)},
                    .constant = {false, true, true},
                    .epilogues = {}};
  const OpRun run = run_op(test);
  check_close(run, 1e-6);
  int multiplications = 0;
  for (const auto& op : run.kernel->nests.at(0).body) multiplications += op.code == Opcode::multiply ? 1 : 0;
  CHECK(multiplications == 1);
  CHECK(run.kernel->macs == 15);
}
