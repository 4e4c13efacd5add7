#include "core/tensor/tensor_graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/graph/order.hpp"

namespace sluice {

std::optional<TensorGraph::Source> TensorGraph::operand(NodeId node, int operand) const {
  for (const auto edge : in_edges(node)) {
    if ((*this)[edge].operand == operand) return Source{source(edge), (*this)[edge].output};
  }
  return std::nullopt;
}

int TensorGraph::operand_count(NodeId node) const {
  int count = 0;
  for (const auto edge : in_edges(node)) count = std::max(count, (*this)[edge].operand + 1);
  return count;
}

const TensorValue& TensorGraph::value(Source source) const {
  return (*this)[source.node].outputs.at(static_cast<std::size_t>(source.output));
}

TensorType TensorGraph::type(EdgeId use) const {
  TensorType type = value({source(use), (*this)[use].output}).type;
  if ((*this)[use].view) type.shape = *(*this)[use].view;
  return type;
}

void TensorGraph::retain(const std::function<bool(NodeId)>& keep) {
  std::vector<std::optional<NodeId>> map;
  static_cast<Digraph&>(*this) = filtered(
      keep, [](EdgeId) { return true; }, &map);
  for (auto* list : {&inputs, &outputs}) {
    std::vector<NodeId> kept;
    for (const auto node : *list) {
      if (map[node.index()]) kept.push_back(*map[node.index()]);
    }
    *list = std::move(kept);
  }
}

namespace {

void verify_values(const Operator& node, std::set<std::string>& names, Diagnostics& diagnostics) {
  for (const auto& output : node.outputs) {
    if (output.name.empty()) diagnostics.push_back({node.name, "an output has no name", ""});
    if (!names.insert(output.name).second) {
      diagnostics.push_back({node.name, fmt::format("tensor '{}' is made twice", output.name), ""});
    }
    const auto count = checked_element_count(output.type.shape);
    if (!count || (*count == 0 && !node.constant)) {
      diagnostics.push_back({node.name,
                             fmt::format("tensor '{}' has the shape {}, which has no elements or too many", output.name,
                                         to_string(output.type.shape)),
                             ""});
    }
  }
  if ((node.op == "Constant") != (node.constant != nullptr)) {
    diagnostics.push_back({node.name, "a Constant, and nothing else, holds a value", ""});
  } else if (node.constant && (node.outputs.size() != 1 || node.constant->type() != node.outputs[0].type)) {
    diagnostics.push_back({node.name, "the constant's type is not its output's", ""});
  }
}

/// Operands that each kind of boundary node has.
void verify_arity(const TensorGraph& graph, TensorGraph::NodeId node, Diagnostics& diagnostics) {
  const Operator& op = graph[node];
  const bool source = op.op == "Input" || op.op == "Constant";
  const bool sink = op.op == "Output";
  const std::size_t operands = graph.in_edges(node).size();
  if (operands != 1 && sink)
    diagnostics.push_back({op.name, fmt::format("an Output has {} operands, not 1", operands), ""});
  if (operands != 0 && source) diagnostics.push_back({op.name, fmt::format("an {} has operands", op.op), ""});
  if (sink != op.outputs.empty()) {
    diagnostics.push_back({op.name, fmt::format("the {} makes {} tensors", op.op, op.outputs.size()), ""});
  }
}

void verify_operands(const TensorGraph& graph, TensorGraph::NodeId node, Diagnostics& diagnostics) {
  std::set<int> seen;
  for (const auto edge : graph.in_edges(node)) {
    const auto& use = graph[edge];
    if (use.operand < 0) diagnostics.push_back({graph[node].name, "an operand's index is negative", ""});
    if (!seen.insert(use.operand).second) {
      diagnostics.push_back({graph[node].name, fmt::format("operand {} is given twice", use.operand), ""});
    }
    if (use.output < 0 || use.output >= static_cast<int>(graph[graph.source(edge)].outputs.size())) {
      diagnostics.push_back(
          {graph[node].name,
           fmt::format("operand {} is output {} of '{}', which has {} outputs", use.operand, use.output,
                       graph[graph.source(edge)].name, graph[graph.source(edge)].outputs.size()),
           ""});
    } else if (use.view && checked_element_count(*use.view) !=
                               checked_element_count(graph.value({graph.source(edge), use.output}).type.shape)) {
      diagnostics.push_back({graph[node].name,
                             fmt::format("operand {} is seen as {}, which has not as many elements as {}", use.operand,
                                         to_string(*use.view), graph.value({graph.source(edge), use.output}).name),
                             ""});
    }
  }
}

void verify_boundary(const TensorGraph& graph, Diagnostics& diagnostics) {
  std::size_t inputs = 0;
  std::size_t outputs = 0;
  for (const auto node : graph.nodes()) {
    inputs += graph[node].op == "Input";
    outputs += graph[node].op == "Output";
  }
  const auto all_are = [&](const std::vector<TensorGraph::NodeId>& list, const char* op) {
    return std::all_of(list.begin(), list.end(), [&](auto node) { return graph[node].op == op; });
  };
  if (inputs != graph.inputs.size() || outputs != graph.outputs.size() || !all_are(graph.inputs, "Input") ||
      !all_are(graph.outputs, "Output")) {
    diagnostics.push_back({graph.name, "the lists of inputs and outputs don't match the nodes", ""});
  }
}

}  // namespace

Diagnostics verify(const TensorGraph& graph) {
  Diagnostics diagnostics;
  std::set<std::string> names;
  std::set<std::pair<bool, std::string>> nodes;
  for (const auto node : graph.nodes()) {
    if (!nodes.emplace(graph[node].op == "Output", graph[node].name).second) {
      diagnostics.push_back({graph[node].name, "two nodes have this name", ""});
    }
    verify_values(graph[node], names, diagnostics);
    verify_arity(graph, node, diagnostics);
    verify_operands(graph, node, diagnostics);
  }
  verify_boundary(graph, diagnostics);
  if (const auto cycle = find_cycle(graph.topology()); !cycle.empty()) {
    std::string path;
    for (const auto v : cycle) path += graph[TensorGraph::NodeId(v)].name + " -> ";
    diagnostics.push_back({graph.name, "the graph has a cycle: " + path + graph[TensorGraph::NodeId(cycle[0])].name,
                           "an ONNX graph must be acyclic"});
  }
  return diagnostics;
}

std::string to_string(const TensorGraph& graph) {
  std::string text = fmt::format("graph {}\n", graph.name);
  const auto order = topological_order(graph.topology());
  if (!order) return text + "  (cyclic)\n";
  for (const auto index : *order) {
    const TensorGraph::NodeId node(index);
    text += "  ";
    for (const auto& output : graph[node].outputs) {
      text += fmt::format("{}: {} ", output.name, to_string(output.type));
    }
    text += fmt::format("= {}(", graph[node].op);
    for (int i = 0; i < graph.operand_count(node); ++i) {
      const auto source = graph.operand(node, i);
      text += (i ? ", " : "") + (source ? graph.value(*source).name : std::string("-"));
    }
    text += ")";
    for (const auto& epilogue : graph[node].epilogues) text += " then " + epilogue.op;
    text += fmt::format("  # {}\n", graph[node].name);
  }
  return text;
}

}  // namespace sluice
