#include <doctest/doctest.h>

#include "tests/frontend/support/pass_test.hpp"

namespace sluice::test {
namespace {

const Tensors kShapes{{"s", Tensor::of<std::int64_t>(ElementType::int64, {2}, {2, -1})},
                      {"a", Tensor::of<std::int64_t>(ElementType::int64, {1}, {0})}};

}  // namespace

TEST_CASE("remove-reshapes makes a chain of reshapes a view") {
  const auto run = run_pass("remove-reshapes", R"(g (float[2,3,4] x) => (float[1,2,12] y) {
    r = Relu(x) f = Flatten(r) u = Unsqueeze(f, a) n = Neg(u) y = Relu(n) })",
                            kShapes);
  CHECK(run.changes == 2);
  const auto neg = node_named(run.after, "Neg_n");
  CHECK(run.after[run.after.in_edges(neg)[0]].view == Shape{1, 2, 12});
  CHECK(run.after.operand(neg, 0)->node == node_named(run.after, "Relu_r"));
}

TEST_CASE("remove-reshapes drops a view that ends where it began") {
  const auto run = run_pass("remove-reshapes", R"(g (float[1,2,12] x) => (float[1,2,12] y) {
    r = Relu(x) f = Squeeze(r, a) u = Unsqueeze(f, a) y = Neg(u) })",
                            kShapes);
  CHECK(run.changes == 2);
  CHECK_FALSE(run.after[run.after.in_edges(node_named(run.after, "Neg_y"))[0]].view.has_value());
}

TEST_CASE("remove-reshapes gives a graph output a view") {
  const auto run =
      run_pass("remove-reshapes", "g (float[2,3,4] x) => (float[2,12] y) { r = Relu(x) y = Reshape(r, s) }", kShapes);
  CHECK(run.changes == 1);
  CHECK(run.after.type(run.after.in_edges(run.after.outputs[0])[0]).shape == Shape{2, 12});
}

TEST_CASE("remove-reshapes removes a transposition that only moves axes of extent 1") {
  const char* model =
      "g (float[1,3,1,4] x) => (float[a,b,c,d] y) { r = Neg(x) t = Transpose <perm = [%]> (r) y = Relu(t) }";
  const auto with = [&](const std::string& perm) {
    return std::string(model).replace(std::string(model).find('%'), 1, perm);
  };
  CHECK(run_pass("remove-reshapes", with("1, 2, 3, 0")).changes == 1);
  CHECK(run_pass("remove-reshapes", with("0, 3, 2, 1")).changes == 0);
}

}  // namespace sluice::test
