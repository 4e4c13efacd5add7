#include <doctest/doctest.h>

#include "tests/frontend/support/pass_test.hpp"

namespace sluice::test {

TEST_CASE("fold-constants replaces operators of constants, with all their outputs") {
  TensorGraph graph =
      import_text("g (float[4] x) => (float[2] y, float[2] z) { a, b = Split <axis = 0> (x) y = Neg(a) z = Relu(b) }");
  const auto input = graph.inputs[0];
  graph[input].op = "Constant";
  graph[input].constant = std::make_shared<const Tensor>(Tensor::of<float>(ElementType::float32, {4}, {1, -2, 3, -4}));
  graph.inputs.clear();
  CHECK(to_string(run_passes(graph, {.skip = {}, .limit = 2, .after = {}})) == "");
  CHECK(count_op(graph, "Constant") == 2);
  CHECK(graph.node_count() == 4);
  const auto y = graph.operand(graph.outputs[0], 0)->node;
  CHECK(graph[y].constant->to_doubles() == std::vector<double>{-1, 2});
  CHECK(graph[y].onnx_nodes == std::vector<std::string>{"Neg_y"});
}

TEST_CASE("fold-constants leaves what an input decides") {
  CHECK(run_pass("fold-constants", "g (float[4] x) => (float[4] y) { y = Neg(x) }").changes == 0);
}

}  // namespace sluice::test
