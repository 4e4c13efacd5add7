#include <doctest/doctest.h>

#include "tests/frontend/support/pass_test.hpp"

namespace sluice::test {
namespace {

Tensor floats(const Shape& shape, std::uint32_t seed) { return random_tensor({ElementType::float32, shape}, seed); }

PassRun run(const std::string& x, const std::string& add, const Shape& bias) {
  return run_pass("gemm-from-matmul",
                  "g (float[" + x + "] x) => (float[] y) { a = MatMul(x, w) b = " + add + " y = Relu(b) }",
                  {{"w", floats({4, 5}, 1)}, {"k", floats(bias, 2)}}, 1e-6);
}

}  // namespace

TEST_CASE("gemm-from-matmul joins a product and the addition of a vector") {
  const auto made = run("2,4", "Add(a, k)", {5});
  CHECK(made.changes == 1);
  CHECK(count_op(made.after, "Gemm") == 1);
  CHECK(count_op(made.after, "Add") == 0);
  CHECK(run("2,4", "Add(k, a)", {1, 5}).changes == 1);
}

TEST_CASE("gemm-from-matmul makes leading dimensions rows") {
  const auto made = run("2,3,4", "Add(a, k)", {1, 1, 5});
  CHECK(made.changes == 1);
  const auto gemm = node_named(made.after, "MatMul_a");
  CHECK(made.after[gemm].outputs[0].type.shape == Shape{6, 5});
  CHECK(made.after[gemm].onnx_nodes == std::vector<std::string>{"MatMul_a", "Add_b"});
  CHECK(run("4", "Add(a, k)", {5}).changes == 1);
}

TEST_CASE("gemm-from-matmul leaves an addition of anything but a vector") {
  CHECK(run("2,4", "Add(a, k)", {2, 5}).changes == 0);
  CHECK(run("2,4", "Add(a, k)", {1}).changes == 0);
  CHECK(run("2,4", "Add(a, k)", {3, 1, 5}).changes == 0);
}

}  // namespace sluice::test
