#include <doctest/doctest.h>

#include <algorithm>

#include "tests/frontend/support/models.hpp"

// What is refused, and how it is said.

namespace sluice::test {
namespace {

/// All messages about a model that must not import.
std::string refusal(const onnx::ModelProto& model, const ImportOptions& options = {}) {
  const auto graph = import_proto(model, options);
  REQUIRE_FALSE(graph);
  return to_string(graph.errors());
}

std::string refusal(const std::string& text, const ImportOptions& options = {}) {
  return refusal(parse_text(text), options);
}

bool says(const std::string& messages, const std::string& part) {
  const bool found = messages.find(part) != std::string::npos;
  if (!found) MESSAGE("'" << part << "' is not in:\n" << messages);
  return found;
}

}  // namespace

TEST_CASE("all unknown operators are listed, each once with its nodes") {
  const std::string text = refusal(R"(<ir_version: 8, opset_import: ["" : 17, "com.example" : 1]>
    g (float[2] x) => (float[2] y) { a = NoSuch(x) b = NoSuch(a) c = com.example.Other(b) y = Relu(c) })");
  CHECK(says(text, "operator NoSuch: this operator is not supported; nodes 'NoSuch_a', 'NoSuch_b'"));
  CHECK(says(text, "operator Other: this operator of the domain 'com.example' is not supported; node 'Other_c'"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 2);
}

TEST_CASE("control flow and functions are unknown operators with a hint") {
  auto model = parse_text("g (float[2] x) => (float[2] y) { a = If(x) y = my.Block(a) }");
  auto& function = *model.add_functions();
  function.set_name("Block");
  function.set_domain("my");
  const std::string text = refusal(model);
  CHECK(says(text, "remove the control flow"));
  CHECK(says(text, "inline the functions first"));
}

TEST_CASE("attributes that are not understood or of the wrong kind are named") {
  const std::string text = refusal(R"(g (float[2,2] x) => (float[2,2] y) {
    a = Relu <slope = 1> (x) b = Transpose <perm = 1> (a) y = Concat(b, b) })");
  CHECK(
      says(text, "Relu_a (Relu): attribute 'slope' is not understood (ONNX's Relu of opset 17 has no such attribute"));
  CHECK(says(text, "Transpose_b (Transpose): attribute 'perm' is of kind int, but must be ints"));
  CHECK(says(text, "Concat_y: Concat needs the attribute 'axis'"));
}

TEST_CASE("attributes that ONNX has dropped are refused with a way out") {
  const std::string text = refusal(R"(<ir_version: 8, opset_import: ["" : 6]>
    g (float[2,3] x, float[3] z) => (float[2,3] y) { y = Add <broadcast = 1> (x, z) })");
  CHECK(says(text, "attribute 'broadcast' is not understood (opset 21 does without it: convert the model"));
}

TEST_CASE("operator sets that are not known are refused by operator") {
  CHECK(says(refusal("<ir_version: 8, opset_import: [\"\" : 999]> g (float[2] x) => (float[2] y) { y = Relu(x) }"),
             "but the model uses opset 999; node 'Relu_y'"));
  auto model = parse_text("g (float[2] x) => (float[2] y) { y = Relu(x) }");
  model.clear_opset_import();
  CHECK(says(refusal(model), "opset_import is empty"));
}

TEST_CASE("operands that are missing, too many or of a wrong type are named") {
  CHECK(says(refusal("g (float[2] x) => (float[2] y) { y = Relu(x, x) }"),
             "Relu_y: it has 2 operands; Relu of opset 17 takes 1 to 1"));
  CHECK(says(refusal("g (float[2] x) => (float[2] y) { y = Add(x, ) }"), "operand 1 ('B') is left out"));
  CHECK(says(refusal("g (bool[2] x) => (float[2] y) { y = Neg(x) }"), "operand 0 ('X') is a tensor of bool"));
  CHECK(says(refusal("g (float[2] x, int32[2] z) => (float[2] y) { y = Add(x, z) }"),
             "operands 0 and 1 must be of one type but are float32 and int32"));
}

TEST_CASE("operands are counted also in operator sets that are newer than the library") {
  CHECK(says(refusal("<ir_version: 10, opset_import: [\"\" : 21]> g (float[1,1,4,4] x) => (float[] y) { y = Conv(x) }"),
             "Conv_y: it has 1 operands; Conv of opset 21 takes 2 to 3"));
}

TEST_CASE("an error does not hide those of nodes that don't depend on it") {
  const std::string text = refusal(R"(g (float[2,3] x) => (float y) {
    a = MatMul(x, x) b = Relu(a) c = Transpose <perm = [0, 0]> (x) y = Add(b, c) })");
  CHECK(says(text, "MatMul_a"));
  CHECK(says(text, "Transpose_c"));
  CHECK_FALSE(text.find("Relu_b") != std::string::npos);
}

TEST_CASE("dimensions without a size are asked for with the flag that gives them") {
  CHECK(says(refusal("g (float[N,3,H,W] x) => (float y) { y = Relu(x) }"),
             "input 'x': its shape is [N,3,H,W]: dimension 2 ('H'), dimension 3 ('W') have no size "
             "(hardware needs fixed shapes: give --shape x=1,3,<d2>,<d3>)"));
  CHECK(says(refusal("g (float[] x) => (float y) { y = Relu(x) }"), "give it with --shape x=d0,d1,..."));
}

TEST_CASE("shapes given for no input, of another rank or against each other are refused") {
  const std::string text = "g (float[N,3] x, float[N,3] z) => (float[N,3] y) { y = Add(x, z) }";
  CHECK(says(refusal(text, {.shapes = {{"w", {1}}}}),
             "--shape w: the model has no input of this name (its inputs are x, z)"));
  CHECK(says(refusal(text, {.shapes = {{"x", {1}}}}), "--shape gives it 1 dimensions, but the model says [N,3]"));
  CHECK(says(refusal(text, {.shapes = {{"x", {1, 3}}, {"z", {2, 3}}}}), "dimension 'N' would be both 1 and 2"));
  CHECK(says(refusal(text, {.shapes = {{"x", {0, 3}}}}), "has no elements or too many"));
}

TEST_CASE("inputs that are no tensors or hold other than numbers are refused") {
  auto model = parse_text("g (string[2] x) => (float[2] y) { y = Relu(x) }");
  CHECK(says(refusal(model), "elements of type string are not supported"));
  model.mutable_graph()->mutable_input(0)->mutable_type()->mutable_sequence_type();
  CHECK(says(refusal(model), "input 'x': it is not a tensor"));
}

TEST_CASE("absurd sizes are refused before anything is allocated") {
  CHECK(says(refusal("g (float[1000000,1000000] x) => (float[1] y) { y = Relu(x) }"), "has no elements or too many"));
  CHECK(says(refusal("g (float[2000000000] x) => (float[1] y) { a = Concat <axis = 0> (x, x) y = Relu(a) }"),
             "too many elements"));
  CHECK(says(refusal("g (float[2] x) => (float[2] y) { s = Constant <value_ints = [1000000, 1000]> () c = "
                     "ConstantOfShape(s) y = Add(x, c) }"),
             "it makes a constant of 4000000000 bytes"));
  CHECK(says(refusal("g (float[0] x) => (float[0] y) { y = Relu(x) }"), "has no elements or too many"));
}

TEST_CASE("absurd integers that decide a shape are refused, but a Slice may go to the end of everything") {
  CHECK(says(
      refusal(
          "g (float[2] x) => (float[] y) { p = Constant <value_ints = [0, 9223372036854775807]> () y = Pad(x, p) }"),
      "operand 1 ('pads') has the value 9223372036854775807, beyond 16777216"));
  CHECK(says(refusal("g (float[1,1,4,4] x) => (float[] y) { y = MaxPool <kernel_shape = [2, 4000000000]> (x) }"),
             "attribute 'kernel_shape' has a value beyond 16777216"));
  const TensorGraph graph = import_text(R"(g (float[4] x) => (float[3] y) {
    s = Constant <value_ints = [1]> () e = Constant <value_ints = [9223372036854775807]> () y = Slice(x, s, e) })");
  CHECK(graph.node_count() == 5);
}

TEST_CASE("a graph that is wired wrongly is refused") {
  CHECK(says(refusal("g (float[2] x) => (float[2] y) { a = Add(x, b) b = Neg(a) y = Relu(b) }"),
             "the nodes form a cycle: Add_a -> Neg_b -> Add_a"));
  CHECK(says(refusal("g (float[2] x) => (float[2] y) { y = Add(x, nowhere) }"),
             "Add_y: nothing makes its tensor 'nowhere'"));
  CHECK(says(refusal("g (float[2] x) => (float[2] z) { y = Relu(x) }"),
             "graph output 'z': nothing makes its tensor 'z'"));
  CHECK(says(refusal("g (float[2] x) => (float[2] y) { y = Relu(x) y = Neg(x) }"),
             "makes tensor 'y', which exists already"));
  CHECK(says(refusal("g (float[2] x) => (float[2] x) { x = Relu(x) }"), "makes tensor 'x', which exists already"));
  CHECK(says(refusal("g (float[2] x, float[3] x) => (float[2] y) { y = Relu(x) }"), "two graph inputs have this name"));
  CHECK(
      says(refusal("g (float[2] x) => (float[2] y, float[2] y) { y = Relu(x) }"), "two graph outputs have this name"));
  auto model = parse_text("g (float[2] x) => (float[2] y) { y = Relu(x) }");
  model.mutable_graph()->clear_output();
  CHECK(says(refusal(model), "it has no outputs"));
}

TEST_CASE("declared types that contradict the inferred ones are refused, naming both") {
  CHECK(says(refusal("g (float[2,3] x) => (float[3,3] y) { y = Relu(x) }"),
             "tensor 'y': the model declares it as float32[3,3], but its maker gives float32[2,3]"));
  auto model = parse_text("g (float[2,3] x) => (float[2,3] y) { a = Neg(x) y = Relu(a) }");
  auto& value = *model.mutable_graph()->add_value_info();
  value.set_name("a");
  value.mutable_type()->mutable_tensor_type()->set_elem_type(onnx::TensorProto::INT32);
  CHECK(says(refusal(model), "tensor 'a': the model declares it as int32"));
}

TEST_CASE("sparse tensors are refused") {
  auto model = parse_text("g (float[2] x) => (float[2] y) { c = Constant() y = Add(x, c) }");
  auto& attribute = *model.mutable_graph()->mutable_node(0)->add_attribute();
  attribute.set_name("sparse_value");
  attribute.set_type(onnx::AttributeProto::SPARSE_TENSOR);
  CHECK(says(refusal(model), "attribute 'sparse_value' is of kind sparse_tensor, which is not supported"));
  model = parse_text("g (float[2] x) => (float[2] y) { y = Add(x, c) }");
  model.mutable_graph()->add_sparse_initializer()->mutable_values()->set_name("c");
  CHECK(says(refusal(model), "sparse initializers are not supported"));
}

}  // namespace sluice::test
