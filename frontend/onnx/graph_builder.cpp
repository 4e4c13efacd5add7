#include "frontend/onnx/graph_builder.hpp"

#include <fmt/format.h>

#include "frontend/onnx/constant_node.hpp"
#include "frontend/onnx/limits.hpp"
#include "frontend/onnx/schema.hpp"
#include "frontend/onnx/tensor_proto.hpp"
#include "frontend/ops/node_value.hpp"

namespace sluice {
namespace {

std::int64_t byte_count(const TensorType& type) {
  return element_count(type.shape) * static_cast<std::int64_t>(byte_width(type.element));
}

}  // namespace

GraphBuilder::GraphBuilder(const onnx::GraphProto& graph, const std::filesystem::path& folder) : folder_(folder) {
  graph_.name = graph.name().empty() ? "model" : graph.name();
  for (const auto& tensor : graph.initializer()) initializers_.emplace(tensor.name(), &tensor);
  for (const auto& node : graph.node()) read_.insert(node.input().begin(), node.input().end());
  for (const auto& output : graph.output()) read_.insert(output.name());
}

void GraphBuilder::add_input(const GraphInput& input) {
  Operator op;
  op.name = node_names_.claim(input.name);
  op.op = "Input";
  op.outputs = {{input.name, input.type}};
  const auto node = graph_.add_node(std::move(op));
  graph_.inputs.push_back(node);
  known_[input.name] = {.type = input.type, .constant = nullptr, .onnx_nodes = {}, .source = {{node, 0}}};
}

void GraphBuilder::add(const ModelNode& node) {
  if (node.op == "Constant") return add_constant(node);
  Operator op;
  op.name = node_names_.claim(node.name);
  op.op = node.op;
  op.opset = node.opset;
  op.attributes = node.attributes;
  op.onnx_nodes = {node.name};
  for (const auto& name : read_outputs(node)) {
    op.outputs.push_back({name.empty() ? fmt::format("{}_output{}", op.name, op.outputs.size()) : name, {}});
  }
  OpContext context{.node = op, .operands = {}, .output_count = static_cast<int>(op.outputs.size())};
  if (!resolve_operands(node, context) || !infer_outputs(context, op)) return fail(node);
  if (folds(context)) return fold(node, context);

  std::vector<std::optional<TensorGraph::Source>> sources;
  for (const auto& input : node.proto->input()) {
    sources.push_back(input.empty() ? std::nullopt : std::optional(source_of(input, *find(input))));
  }
  const std::vector<TensorValue> outputs = op.outputs;
  const auto added = graph_.add_node(std::move(op));
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i]) graph_.add_edge(sources[i]->node, added, {sources[i]->output, static_cast<int>(i), std::nullopt});
  }
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    known_[outputs[i].name] = {outputs[i].type, nullptr, {}, TensorGraph::Source{added, static_cast<int>(i)}};
  }
}

void GraphBuilder::add_output(const std::string& tensor) {
  Known* known = find(tensor);
  if (!known) return;
  if (element_count(known->type.shape) == 0) {
    diagnostics_.push_back({fmt::format("graph output '{}'", tensor), "it has no elements", ""});
    return;
  }
  Operator op;
  op.name = output_names_.claim(tensor);
  op.op = "Output";
  const auto source = source_of(tensor, *known);
  const auto node = graph_.add_node(std::move(op));
  graph_.outputs.push_back(node);
  graph_.add_edge(source.node, node, {source.output, 0, std::nullopt});
}

const TensorType* GraphBuilder::type_of(const std::string& tensor) const {
  const auto found = known_.find(tensor);
  return found == known_.end() ? nullptr : &found->second.type;
}

std::vector<std::string> GraphBuilder::read_outputs(const ModelNode& node) const {
  std::vector<std::string> names(node.proto->output().begin(), node.proto->output().end());
  while (names.size() > 1 && (names.back().empty() || !read_.contains(names.back()))) names.pop_back();
  return names;
}

/// What is known of a tensor; initializers are decoded when they are first asked for. Null after an error about it.
GraphBuilder::Known* GraphBuilder::find(const std::string& tensor) {
  if (const auto found = known_.find(tensor); found != known_.end()) return &found->second;
  const auto stored = initializers_.find(tensor);
  if (stored == initializers_.end() || failed_.contains(tensor)) return nullptr;
  auto value = tensor_of(*stored->second, folder_);
  if (!value) {
    append(diagnostics_, value.errors());
    failed_.insert(tensor);
    return nullptr;
  }
  const auto constant = std::make_shared<const Tensor>(std::move(value).value());
  return &(known_[tensor] = {constant->type(), constant, {}, {}});
}

/// Where an operator reads the tensor; a constant gets its node when it is first read.
TensorGraph::Source GraphBuilder::source_of(const std::string& tensor, Known& known) {
  if (known.source) return *known.source;
  Operator op;
  op.name = node_names_.claim(tensor);
  op.op = "Constant";
  op.constant = known.constant;
  op.outputs = {{tensor, known.type}};
  op.onnx_nodes = known.onnx_nodes;
  known.source = {graph_.add_node(std::move(op)), 0};
  return *known.source;
}

bool GraphBuilder::resolve_operands(const ModelNode& node, OpContext& context) {
  bool all = true;
  for (const auto& input : node.proto->input()) {
    Operand operand;
    if (!input.empty()) {
      const Known* known = find(input);
      all = all && known;
      if (known) operand = {known->type, input, known->constant, true};
    }
    context.operands.push_back(std::move(operand));
  }
  while (!context.operands.empty() && all && !context.operands.back().present) context.operands.pop_back();
  return all;
}

/// Sets the types of the operator's outputs; false after an error.
bool GraphBuilder::infer_outputs(const OpContext& context, Operator& op) {
  for (const auto& errors : {schema::check_types(context), schema::check_sizes(context)}) {
    append(diagnostics_, errors);
    if (!errors.empty()) return false;
  }
  const auto types = infer_node(context);
  if (!types) {
    append(diagnostics_, types.errors());
    return false;
  }
  for (std::size_t i = 0; i < op.outputs.size(); ++i) {
    const TensorType& type = (*types)[i];
    const auto count = checked_element_count(type.shape);
    if (!count || *count > limits::kTensorElements || (elements_ += *count) > limits::kGraphElements) {
      diagnostics_.push_back(context.error(
          fmt::format("its output '{}' of shape {} has too many elements", op.outputs[i].name, to_string(type.shape)),
          fmt::format("a tensor may have {}, all together {}", limits::kTensorElements, limits::kGraphElements)));
      return false;
    }
    op.outputs[i].type = type;
  }
  return true;
}

void GraphBuilder::add_constant(const ModelNode& node) {
  auto value = constant_value(node);
  if (!value) {
    append(diagnostics_, value.errors());
    return fail(node);
  }
  const auto constant = std::make_shared<const Tensor>(std::move(value).value());
  known_[node.proto->output(0)] = {constant->type(), constant, {node.name}, {}};
}

void GraphBuilder::fold(const ModelNode& node, const OpContext& context) {
  std::int64_t bytes = 0;
  for (const auto& output : context.node.outputs) bytes += byte_count(output.type);
  if (bytes > limits::kFoldedBytes || (folded_bytes_ += bytes) > limits::kAllFoldedBytes) {
    diagnostics_.push_back(context.error(
        fmt::format("it makes a constant of {} bytes", bytes),
        fmt::format("constants may have {} bytes, all together {}", limits::kFoldedBytes, limits::kAllFoldedBytes)));
    return fail(node);
  }
  auto values = evaluate_node(context);
  if (!values) {
    append(diagnostics_, values.errors());
    return fail(node);
  }
  std::vector<std::string> origin;
  for (const auto& input : node.proto->input()) {
    const Known* known = input.empty() ? nullptr : find(input);
    if (known && known->constant) origin.insert(origin.end(), known->onnx_nodes.begin(), known->onnx_nodes.end());
  }
  origin.push_back(node.name);
  for (std::size_t i = 0; i < values->size(); ++i) {
    auto constant = std::make_shared<const Tensor>(std::move((*values)[i]));
    known_[context.node.outputs[i].name] = {constant->type(), constant, origin, {}};
  }
}

void GraphBuilder::fail(const ModelNode& node) {
  for (const auto& output : node.proto->output()) failed_.insert(output);
}

}  // namespace sluice
