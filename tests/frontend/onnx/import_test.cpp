#include "frontend/onnx/import.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "frontend/ops/evaluate.hpp"
#include "tests/frontend/support/models.hpp"

namespace sluice::test {
namespace {

Tensor int64s(const std::vector<std::int64_t>& values) {
  return Tensor::of(ElementType::int64, {static_cast<std::int64_t>(values.size())}, values);
}

}  // namespace

TEST_CASE("a model becomes a graph with the names of the model") {
  const TensorGraph graph = import_text("classifier (float[1,4] x) => (float[1,3] y) { h = MatMul(x, w) y = Relu(h) }",
                                        {{"w", random_tensor({ElementType::float32, {4, 3}}, 1)}});
  CHECK(graph.name == "classifier");
  REQUIRE(graph.inputs.size() == 1);
  REQUIRE(graph.outputs.size() == 1);
  CHECK(graph[graph.inputs[0]].name == "x");
  CHECK(graph[graph.outputs[0]].name == "y");
  const auto relu = node_named(graph, "Relu_y");
  CHECK(graph[relu].opset == 17);
  CHECK(graph[relu].outputs[0].name == "y");
  CHECK(graph[relu].outputs[0].type == TensorType{ElementType::float32, {1, 3}});
  CHECK(graph[relu].onnx_nodes == std::vector<std::string>{"Relu_y"});
  CHECK(graph[graph.operand(node_named(graph, "MatMul_h"), 1)->node].constant != nullptr);
}

TEST_CASE("nodes may come in any order") {
  const TensorGraph graph = import_text("g (float[2] x) => (float[2] y) { y = Relu(b) a = Neg(x) b = Exp(a) }");
  CHECK(graph.operand(node_named(graph, "Exp_b"), 0)->node == node_named(graph, "Neg_a"));
}

TEST_CASE("shapes that the model computes are folded, and what they needed goes away") {
  const TensorGraph graph = import_text(R"(g (float[2,3,4] x) => (float[2,12] y) {
    a = Relu(x) s = Shape(a) i = Constant <value_int = 0> () n = Gather(s, i)
    axes = Constant <value_ints = [0]> () m = Unsqueeze(n, axes)
    rest = Constant <value = int64[1] {-1}> () t = Concat <axis = 0> (m, rest) y = Reshape(a, t) })");
  CHECK(graph.node_count() == 5);  // x, Relu, the shape, Reshape, y
  const auto shape = graph.operand(node_named(graph, "Reshape_y"), 1)->node;
  CHECK(graph[shape].constant->to_int64s() == std::vector<std::int64_t>{2, -1});
  CHECK(graph[shape].onnx_nodes.size() == 7);
}

TEST_CASE("an initializer that is also listed as an input is a constant") {
  const TensorGraph graph = import_text(
      "<ir_version: 3, opset_import: [\"\" : 7]> g (float[2] x, float[2] w) => (float[2] y) { y = Add(x, w) }",
      {{"w", random_tensor({ElementType::float32, {2}}, 1)}});
  CHECK(graph.inputs.size() == 1);
}

TEST_CASE("operands that are left out have no edge") {
  const TensorGraph graph = import_text("g (float[2] x) => (float[2] y) { y = Clip(x, , high) }",
                                        {{"high", Tensor::of<float>(ElementType::float32, {}, {1})}});
  const auto clip = node_named(graph, "Clip_y");
  CHECK_FALSE(graph.operand(clip, 1));
  CHECK(graph.operand(clip, 2));
}

TEST_CASE("unnamed and equally named nodes get readable, unique names") {
  auto model = parse_text("g (float[2] x) => (float[2] y) { a = Neg(x) b = Neg(a) y = Neg(b) }");
  model.mutable_graph()->mutable_node(0)->set_name("x");
  model.mutable_graph()->mutable_node(2)->set_name("Neg_b");
  const auto graph = import_proto(model);
  REQUIRE_MESSAGE(graph, to_string(graph.errors()));
  std::vector<std::string> names;
  for (const auto node : graph->nodes()) names.push_back((*graph)[node].name);
  CHECK(names == std::vector<std::string>{"x", "x_2", "Neg_b", "Neg_b_2", "y"});
}

TEST_CASE("nodes that no output needs are left out, also those with unknown operators") {
  const TensorGraph graph = import_text("g (float[2] x) => (float[2] y) { y = Neg(x) z = NoSuchOperator(x) }");
  CHECK(graph.node_count() == 3);
}

TEST_CASE("outputs that nothing reads are not asked for") {
  const TensorGraph graph = import_text("g (float[2] x) => (float[2] y) { y, mask = Dropout(x) }");
  CHECK(graph[node_named(graph, "Dropout_y")].outputs.size() == 1);
}

TEST_CASE("inputs that nothing reads stay") {
  CHECK(import_text("g (float[2] x, float[3] unused) => (float[2] y) { y = Neg(x) }").inputs.size() == 2);
}

TEST_CASE("an operator set and an IR version newer than the library's are taken where the operators are known") {
  const TensorGraph graph = import_text(R"(<ir_version: 12, opset_import: ["" : 21]>
    g (float[2,3] x) => (float[3,2] y) { a = Relu(x) y = Transpose <perm = [1, 0]> (a) })");
  CHECK(graph[node_named(graph, "Relu_a")].opset == 21);
}

TEST_CASE("a leading dimension without a size is the batch and becomes 1") {
  const TensorGraph graph = import_text("g (float[N,3] x) => (float[N,3] y) { y = Neg(x) }");
  CHECK(graph[graph.inputs[0]].outputs[0].type.shape == Shape{1, 3});
}

TEST_CASE("shapes can be given, and a symbol given once holds everywhere") {
  const std::string text = "g (float[N,T,3] x, float[N,T,3] z) => (float[N,T,3] y) { y = Add(x, z) }";
  const TensorGraph graph = import_text(text, {}, {.shapes = {{"x", {2, 5, 3}}}});
  CHECK(graph[graph.inputs[1]].outputs[0].type.shape == Shape{2, 5, 3});
  const TensorGraph other =
      import_text("g (float[2,3] x) => (float[2,3] y) { y = Neg(x) }", {}, {.shapes = {{"x", {4, 5}}}});
  CHECK(other[node_named(other, "Neg_y")].outputs[0].type.shape == Shape{4, 5});
}

TEST_CASE("empty constants are allowed, as for a Resize without regions") {
  const TensorGraph graph =
      import_text(R"(g (float[1,1,2,2] x) => (float[1,1,4,4] y) { y = Resize <mode = "nearest"> (x, roi, scales) })",
                  {{"roi", Tensor({ElementType::float32, {0}})},
                   {"scales", Tensor::of<float>(ElementType::float32, {4}, {1, 1, 2, 2})}});
  CHECK(count_op(graph, "Resize") == 1);
}

TEST_CASE("constants that are not finite are kept") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const TensorGraph graph = import_text("g (float[1] x) => (float[1] y) { y = Add(x, c) }",
                                        {{"c", Tensor::of<float>(ElementType::float32, {1}, {nan})}});
  CHECK(std::isnan(evaluate(graph, random_inputs(graph, 1)).value().at(0).as<float>()[0]));
}

TEST_CASE("an output may be an input or a constant") {
  const TensorGraph graph =
      import_text("g (float[2] x) => (float[2] x, int64[1] c, float[2] y) { y = Neg(x) }", {{"c", int64s({7})}});
  const auto outputs = evaluate(graph, random_inputs(graph, 1));
  REQUIRE(outputs);
  CHECK(outputs->at(0) == random_inputs(graph, 1).at(0));
  CHECK(outputs->at(1) == int64s({7}));
}

}  // namespace sluice::test
