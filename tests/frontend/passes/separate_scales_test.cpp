#include <doctest/doctest.h>

#include "tests/frontend/support/pass_test.hpp"

namespace sluice::test {
namespace {

PassRun run(const std::string& attributes, const std::string& operands, const std::string& inputs) {
  return run_pass(
      "separate-scales",
      "g (" + inputs + ") => (float[] y) { g = Gemm <" + attributes + "> (" + operands + ") y = Relu(g) }",
      {{"w", random_tensor({ElementType::float32, {4, 5}}, 1)}, {"k", random_tensor({ElementType::float32, {5}}, 2)}},
      1e-5);
}

const std::string kTwo = "float[2,4] a, float[4,5] b";
const std::string kThree = kTwo + ", float[1,5] c";

}  // namespace

TEST_CASE("separate-scales takes out factors that no constant takes up") {
  const auto alpha = run("alpha = 0.5", "a, b", kTwo);
  CHECK(alpha.changes == 1);
  CHECK(count_op(alpha.after, "Mul") == 1);
  const auto beta = run("beta = 0.5", "a, b, c", kThree);
  CHECK(count_op(beta.after, "Mul") == 1);
  CHECK(count_op(beta.after, "Add") == 0);
  const auto both = run("alpha = -1.5, beta = 0.5", "a, b, c", kThree);
  CHECK(count_op(both.after, "Mul") == 2);
  CHECK(count_op(both.after, "Add") == 1);
  const auto constant_addend = run("alpha = 0.5, beta = 0.25", "a, b, k", kTwo);
  CHECK(count_op(constant_addend.after, "Add") == 1);
  CHECK(count_op(run("alpha = 2.0", "a, b, c", kThree).after, "Add") == 1);
  CHECK(count_op(run("alpha = 2.0, beta = 0.0", "a, b, c", kThree).after, "Add") == 0);
}

TEST_CASE("separate-scales leaves factors that are constants' or nothing") {
  CHECK(run("alpha = 0.5", "a, w", "float[2,4] a").changes == 0);
  CHECK(run("alpha = 0.5, beta = 3.0", "a, w, k", "float[2,4] a").changes == 0);
  CHECK(run("beta = 3.0", "a, b, k", kTwo).changes == 0);
  CHECK(run("alpha = 1.0, beta = 1.0", "a, b, c", kThree).changes == 0);
}

}  // namespace sluice::test
