#include <doctest/doctest.h>

#include "frontend/ops/evaluate.hpp"
#include "tests/frontend/support/op_test.hpp"
#include "tests/frontend/support/pass_test.hpp"
#include "tests/frontend/support/run_model.hpp"

namespace sluice::test {
namespace {

Tensors weights() {
  const auto floats = [](const Shape& shape, std::uint32_t seed) {
    return random_tensor({ElementType::float32, shape}, seed);
  };
  return {{"w", floats({2, 2, 1, 1}, 1)}, {"v", floats({2, 2, 1, 1}, 2)}, {"b", floats({2}, 3)},
          {"k", floats({1, 2, 4, 3}, 4)}, {"f", floats({2}, 5)},          {"s", floats({2, 1, 1}, 6)}};
}

PassRun fuse(const std::string& body) {
  return run_pass("fuse-residuals", "g (float[1,2,4,3] x) => (float[] y) { r = Relu(x) " + body + " }", weights(),
                  1e-6);
}

}  // namespace

TEST_CASE("fuse-residuals lets a convolution add another tensor, on either side") {
  for (const std::string sum : {"Add(c, x)", "Add(x, c)"}) {
    const auto run = fuse("c = Conv(r, w, b) y = " + sum);
    CHECK(run.changes == 1);
    CHECK(count_op(run.after, "Add") == 0);
    const auto conv = node_named(run.after, "Conv_c");
    CHECK(run.after[conv].outputs[0].name == "y");
    CHECK(run.after[conv].onnx_nodes == std::vector<std::string>{"Conv_c", "Add_y"});
  }
}

TEST_CASE("fuse-residuals: of two convolutions the later takes the other, and chains become one operator each") {
  for (const std::string sum : {"Add(c, d)", "Add(d, c)"}) {
    const auto both = fuse("q = Relu(r) c = Conv(q, w) d = Conv(x, v, b) y = " + sum);
    CHECK(both.changes == 1);
    CHECK(both.after.operand(node_named(both.after, "Conv_c"), 3).has_value());
    CHECK_FALSE(both.after.operand(node_named(both.after, "Conv_c"), 2).has_value());
  }
  const auto chain = fuse("c = Conv(r, w) d = Add(c, x) e = Conv(d, v) y = Add(r, e)");
  CHECK(chain.changes == 2);
  CHECK(count_op(chain.after, "Add") == 0);
}

TEST_CASE("fuse-residuals leaves what others read, reads no tensor twice and keeps constants and other shapes") {
  CHECK(fuse("c = Conv(r, w) d = Neg(c) e = Add(c, x) y = Mul(d, e)").changes == 0);
  CHECK(fuse("c = Conv(r, w) y = Add(c, c)").changes == 0);
  CHECK(fuse("c = Conv(r, w) y = Add(c, r)").changes == 0);
  CHECK(fuse("c = Conv(r, w) y = Add(c, k)").changes == 0);
  CHECK(fuse("c = Conv(r, w) d = ReduceMax<axes=[2,3]>(x) y = Add(c, d)").changes == 0);
  CHECK(fuse("c = Conv(r, w) y = Sub(c, x)").changes == 0);
  CHECK(fuse("c = Conv(r, w) d = Add(c, x) y = Add(d, x)").changes == 1);
}

TEST_CASE("fuse-residuals: networks with forks and chains are right after all passes, on the host and as kernels") {
  Random random(24);
  int fused = 0;
  for (int i = 0; i < 25; ++i) {
    std::string text = "g (float[1,2,4,3] x) => (float[] y) { t0 = Relu(x) ";
    const int length = random_int(3, 8, random);
    for (int n = 1; n <= length; ++n) {
      const auto earlier = [&] { return "t" + std::to_string(random_int(std::max(0, n - 3), n - 1, random)); };
      const std::string ops[]{"Conv(" + earlier() + ", w, b)", "Conv(" + earlier() + ", v)",
                              "Add(" + earlier() + ", t" + std::to_string(n - 1) + ")", "Relu(" + earlier() + ")",
                              "Mul(" + earlier() + ", s)"};
      text += "t" + std::to_string(n) + " = " + ops[n % 2 == 0 ? 2 : random_int(0, 4, random)] + " ";
    }
    text += "y = Add(t" + std::to_string(length) + ", x) }";
    CAPTURE(text);
    const TensorGraph before = import_text(text, weights());
    TensorGraph after = before;
    REQUIRE(to_string(run_passes(after)) == "");
    for (const auto node : after.nodes()) fused += after[node].op == "Conv" && after.operand(node, 3);
    const auto inputs = random_inputs(before, 5);
    const auto outcome = run_model(after, inputs, evaluate(before, inputs).value());
    REQUIRE_MESSAGE(outcome.kind == Outcome::Kind::right, outcome.text, to_string(after));
  }
  CHECK(fused > 10);
}

}  // namespace sluice::test
