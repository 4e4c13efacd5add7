#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "frontend/ops/evaluate.hpp"
#include "tests/frontend/support/op_test.hpp"
#include "tests/frontend/support/pass_test.hpp"
#include "tests/frontend/support/run_model.hpp"

namespace sluice::test {
namespace {

Tensor floats(const Shape& shape, std::uint32_t seed) { return random_tensor({ElementType::float32, shape}, seed); }

PassRun run(const std::string& x, const std::string& add, const Shape& bias) {
  return run_pass("gemm-from-matmul",
                  "g (float[" + x + "] x) => (float[] y) { a = MatMul(x, w) b = " + add + " y = Relu(b) }",
                  {{"w", floats({4, 5}, 1)}, {"k", floats(bias, 2)}}, 1e-6);
}

std::string declared(const std::string& name, const Shape& shape) {
  return fmt::format("float[{}] {}", fmt::join(shape, ","), name);
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
  CHECK(run("2,3,4", "Add(a, k)", {2, 3, 1}).changes == 1);
  CHECK(run("2,3,4", "Add(a, k)", {2, 3, 5}).changes == 1);
}

TEST_CASE("gemm-from-matmul leaves additions that make the result larger or repeat elements as no Gemm does") {
  CHECK(run("2,4", "Add(a, k)", {3, 1, 5}).changes == 0);
  CHECK(run("1,4", "Add(a, k)", {2, 5}).changes == 0);
  CHECK(run("2,3,4", "Add(a, k)", {3, 5}).changes == 0);
  CHECK(run("2,3,4", "Add(a, k)", {2, 1, 1}).changes == 0);
  CHECK(run("2,4", "Sub(a, k)", {5}).changes == 0);
  CHECK(run_pass("gemm-from-matmul", "g (float[2,2] x) => (float[2,2] y) { a = MatMul(x, x) y = Add(a, a) }").changes ==
        0);
  CHECK(run_pass("gemm-from-matmul",
                 "g (float[2,2] x, float[2,2] c) => (float[2,2] a, float[2,2] y) { a = MatMul(x, x) y = Add(a, c) }")
            .changes == 0);
  CHECK(run_pass("gemm-from-matmul",
                 "g (float[2,2] x, float[2,2] w) => (float[2,2] y) { a = MatMul(x, w) y = Add(a, x) }")
            .changes == 0);
  CHECK(
      run_pass("gemm-from-matmul",
               "g (float[2,3,4] x, float[2,4,5] w, float[5] c) => (float[2,3,5] y) { a = MatMul(x, w) y = Add(a, c) }")
          .changes == 0);
}

TEST_CASE("gemm-from-matmul keeps alpha and takes a third operand of its own for no other") {
  const std::string head = "g (float[2,4] x, float[4,5] w, float[2,1] c, float[2,5] d) => (float[2,5] y) ";
  const auto scaled =
      run_pass("gemm-from-matmul", head + "{ a = Gemm <alpha = 0.5, beta = 3.0> (x, w) y = Add(c, a) }", {}, 1e-6);
  CHECK(scaled.changes == 1);
  CHECK(run_pass("gemm-from-matmul", head + "{ a = Gemm(x, w, c) y = Add(d, a) }").changes == 0);
}

TEST_CASE("of two products that are added up, the later takes the other") {
  for (const std::string sum : {"Add(c, b)", "Add(b, c)"}) {
    const auto made =
        run_pass("gemm-from-matmul",
                 "g (float[3,3] x) => (float[3,3] y) { a = Relu(x) b = MatMul(x, a) c = MatMul(x, x) y = " + sum + " }",
                 {}, 1e-6);
    CHECK(made.changes == 1);
    CHECK(count_op(made.after, "Gemm") == 1);
    CHECK(made.after[node_named(made.after, "MatMul_b")].op == "Gemm");
  }
}

TEST_CASE("products with additions of all shapes are right after all passes, on the host and as kernels") {
  Random random(21);
  int joined = 0;
  for (int i = 0; i < 60; ++i) {
    CAPTURE(i);
    const std::int64_t m = random_int(1, 5, random), k = random_int(1, 6, random), n = random_int(1, 5, random);
    const Shape c = random_broadcast({m, n}, random);
    const bool constant = c.empty() || random_int(0, 1, random) == 1;
    const bool vector = n == 1 && c.size() < 2 && element_count(c) == 1 && random_int(0, 1, random) == 1;
    const std::string alpha = random_int(0, 2, random) == 0 ? "Gemm <alpha = 0.75> (x, w)" : "MatMul(x, w)";
    const std::string product = vector ? "MatMul(x, w)" : alpha;
    const std::string sum = random_int(0, 1, random) == 1 ? "Add(a, c)" : "Add(c, a)";
    const std::string tail = random_int(0, 1, random) == 1 ? " d = Relu(b) y = Mul(d, s)" : " y = Relu(b)";
    const std::string inputs = declared("x", {m, k}) + ", " + declared("w", vector ? Shape{k} : Shape{k, n});
    const std::string text = "g (" + inputs + (constant ? "" : ", " + declared("c", c)) +
                             ") => (float[] y) { a = " + product + " b = " + sum + tail + " }";
    CAPTURE(text);
    Tensors initializers{{"s", floats({}, 3)}};
    if (constant) initializers.emplace("c", floats(c, 4));
    const TensorGraph before = import_text(text, initializers);
    TensorGraph after = before;
    REQUIRE(to_string(run_passes(after)) == "");
    const auto inputs_of = random_inputs(before, 5);
    const auto outcome = run_model(after, inputs_of, evaluate(before, inputs_of).value());
    REQUIRE_MESSAGE(outcome.kind == Outcome::Kind::right, outcome.text, to_string(after));
    if (product.front() == 'M') CHECK(count_op(after, "Add") == 0);
    joined += count_op(after, "Add") == 0;
  }
  CHECK(joined > 40);
}

}  // namespace sluice::test
