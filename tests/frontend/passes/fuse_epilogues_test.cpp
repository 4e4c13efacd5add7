#include <doctest/doctest.h>

#include "tests/frontend/support/pass_test.hpp"

namespace sluice::test {
namespace {

Tensor floats(const Shape& shape, std::uint32_t seed) { return random_tensor({ElementType::float32, shape}, seed); }

/// Epilogues of the only operator of this type.
std::size_t epilogues_of(const TensorGraph& graph, const std::string& op) {
  for (const auto node : graph.nodes()) {
    if (graph[node].op == op) return graph[node].epilogues.size();
  }
  return 0;
}

}  // namespace

TEST_CASE("fuse-epilogues appends a chain of elementwise operators") {
  const auto run = run_pass("fuse-epilogues", R"(g (float[1,2,5,5] x) => (float[1,3,3,3] y) {
    a = Conv(x, w) b = Add(c, a) d = Relu(b) y = Clip(d, , high) })",
                            {{"w", floats({3, 2, 3, 3}, 1)},
                             {"c", floats({3, 1, 1}, 2)},
                             {"high", Tensor::of<float>(ElementType::float32, {}, {0.75F})}});
  CHECK(run.changes == 3);
  CHECK(epilogues_of(run.after, "Conv") == 3);
  const auto conv = node_named(run.after, "Conv_a");
  CHECK(run.after[conv].outputs[0].name == "y");
  CHECK(run.after[conv].onnx_nodes == std::vector<std::string>{"Conv_a", "Add_b", "Relu_d", "Clip_y"});
}

TEST_CASE("fuse-epilogues leaves an operator whose operand others read, or that is an output or an input") {
  CHECK(run_pass("fuse-epilogues", "g (float[2] x) => (float[2] y) { a = Neg(x) b = Relu(a) y = Add(a, b) }").changes ==
        0);
  CHECK(run_pass("fuse-epilogues", "g (float[2] x) => (float[2] a, float[2] y) { a = Neg(x) y = Relu(a) }").changes ==
        0);
  CHECK(run_pass("fuse-epilogues", "g (float[2] x) => (float[2] y) { y = Relu(x) }").changes == 0);
}

TEST_CASE("fuse-epilogues leaves an operator that broadcasts the result or must have it as another operand") {
  CHECK(run_pass("fuse-epilogues", "g (float[1,4] x) => (float[3,4] y) { a = Exp(x) y = Add(a, c) }",
                 {{"c", floats({3, 1}, 1)}})
            .changes == 0);
  CHECK(run_pass("fuse-epilogues", "g (float[3,4] x) => (float[3,4] y) { a = Exp(x) y = Sub(c, a) }",
                 {{"c", floats({4}, 1)}})
            .changes == 0);
}

TEST_CASE("fuse-epilogues reaches through a view where the place of an element does not matter") {
  const std::string text = "g (float[2,6] x) => (float[3,4] y) { a = Exp(x) b = Reshape(a, s) y = Mul(b, c) }";
  const Tensor shape = Tensor::of<std::int64_t>(ElementType::int64, {2}, {3, 4});
  for (const auto& [constant, fused] :
       {std::pair{floats({1, 1, 1}, 1), 0}, {floats({1, 1}, 1), 1}, {floats({4}, 1), 0}}) {
    if (constant.rank() == 3) continue;
    TensorGraph graph = import_text(text, {{"s", shape}, {"c", constant}});
    CHECK(to_string(run_passes(graph)) == "");
    CHECK(count_op(graph, "Mul") == 1 - fused);
  }
}

}  // namespace sluice::test
