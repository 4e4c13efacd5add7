#include "core/tensor/tensor_graph.hpp"

#include <doctest/doctest.h>

namespace sluice::test {
namespace {

using NodeId = TensorGraph::NodeId;

NodeId add(TensorGraph& graph, const std::string& op, const std::string& name, const Shape& shape = {2, 3}) {
  Operator node;
  node.name = name;
  node.op = op;
  if (op != "Output") node.outputs = {{name, {ElementType::float32, shape}}};
  const auto id = graph.add_node(std::move(node));
  if (op == "Input") graph.inputs.push_back(id);
  if (op == "Output") graph.outputs.push_back(id);
  return id;
}

/// x -> Relu r -> y
TensorGraph example() {
  TensorGraph graph;
  graph.name = "g";
  const auto x = add(graph, "Input", "x");
  const auto r = add(graph, "Relu", "r");
  const auto y = add(graph, "Output", "y");
  graph.add_edge(x, r, {});
  graph.add_edge(r, y, {});
  return graph;
}

bool says(const TensorGraph& graph, const std::string& part) {
  const std::string text = to_string(verify(graph));
  if (text.find(part) == std::string::npos) MESSAGE("not found in: " << text);
  return text.find(part) != std::string::npos;
}

constexpr std::size_t kRelu = 1;
constexpr std::size_t kOutput = 2;

}  // namespace

TEST_CASE("a sound graph has no diagnostics and prints an operator a line") {
  const TensorGraph graph = example();
  CHECK(to_string(verify(graph)) == "");
  CHECK(to_string(graph) ==
        "graph g\n  x: float32[2,3] = Input()  # x\n  r: float32[2,3] = Relu(x)  # r\n  = Output(r)  # y\n");
}

TEST_CASE("operands are found by their index, whatever the order of the edges") {
  TensorGraph graph = example();
  const auto add_node = add(graph, "Add", "a");
  graph.add_edge(NodeId(kRelu), add_node, {.output = 0, .operand = 2, .view = {}});
  graph.add_edge(NodeId(std::size_t{0}), add_node, {.output = 0, .operand = 0, .view = {}});
  CHECK(graph.operand_count(add_node) == 3);
  CHECK(graph.operand(add_node, 0)->node == NodeId(std::size_t{0}));
  CHECK_FALSE(graph.operand(add_node, 1));
  CHECK(graph.value(*graph.operand(add_node, 2)).name == "r");
}

TEST_CASE("a use sees the tensor under its view") {
  TensorGraph graph = example();
  const auto use = graph.in_edges(NodeId(kOutput))[0];
  graph[use].view = Shape{6};
  CHECK(graph.type(use).shape == Shape{6});
  CHECK(verify(graph).empty());
  graph[use].view = Shape{7};
  CHECK(says(graph, "operand 0 is seen as [7], which has not as many elements as r"));
}

TEST_CASE("names must be there and unique, except that an output may have another node's") {
  TensorGraph graph = example();
  graph[NodeId(kOutput)].name = "r";
  CHECK(verify(graph).empty());
  graph[NodeId(kRelu)].outputs[0].name = "x";
  CHECK(says(graph, "r: tensor 'x' is made twice"));
  graph[NodeId(kRelu)].outputs[0].name = "";
  CHECK(says(graph, "r: an output has no name"));
  graph[NodeId(kRelu)].name = "x";
  CHECK(says(graph, "x: two nodes have this name"));
}

TEST_CASE("shapes must have elements, but those of constants need not") {
  TensorGraph graph = example();
  graph[NodeId(kRelu)].outputs[0].type.shape = {2, 0};
  CHECK(says(graph, "tensor 'r' has the shape [2,0], which has no elements or too many"));
  graph[NodeId(kRelu)].outputs[0].type.shape = {2, -3};
  CHECK_FALSE(verify(graph).empty());
  TensorGraph other = example();
  const auto constant = add(other, "Constant", "c", {0});
  CHECK(says(other, "c: a Constant, and nothing else, holds a value"));
  other[constant].constant = std::make_shared<const Tensor>(TensorType{ElementType::float32, {0}});
  CHECK(verify(other).empty());
  other[constant].constant = std::make_shared<const Tensor>(TensorType{ElementType::float32, {1}});
  CHECK(says(other, "the constant's type is not its output's"));
}

TEST_CASE("operands must be there once and be outputs that exist") {
  TensorGraph graph = example();
  graph.add_edge(NodeId(std::size_t{0}), NodeId(kRelu), {});
  CHECK(says(graph, "r: operand 0 is given twice"));
  graph.add_edge(NodeId(std::size_t{0}), NodeId(kRelu), {.output = 1, .operand = 1, .view = {}});
  CHECK(says(graph, "r: operand 1 is output 1 of 'x', which has 1 outputs"));
  graph.add_edge(NodeId(kRelu), NodeId(kOutput), {.output = 0, .operand = 1, .view = {}});
  CHECK(says(graph, "y: an Output has 2 operands, not 1"));
}

TEST_CASE("cycles are named") {
  TensorGraph graph = example();
  graph.add_edge(NodeId(kRelu), NodeId(kRelu), {.output = 0, .operand = 1, .view = {}});
  CHECK(says(graph, "g: the graph has a cycle: r -> r"));
}

TEST_CASE("the lists of inputs and outputs must match the nodes") {
  TensorGraph graph = example();
  graph.inputs.clear();
  CHECK(says(graph, "the lists of inputs and outputs don't match the nodes"));
}

TEST_CASE("retaining some nodes keeps the lists") {
  TensorGraph graph = example();
  graph.retain([](NodeId node) { return node.index() != kRelu; });
  CHECK(graph.node_count() == 2);
  CHECK(graph.edge_count() == 0);
  CHECK(graph[graph.outputs.at(0)].op == "Output");
  CHECK(graph[graph.inputs.at(0)].op == "Input");
}

}  // namespace sluice::test
