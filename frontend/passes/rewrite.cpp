#include "frontend/passes/rewrite.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/graph/order.hpp"

namespace sluice {

bool is_operator(const Operator& node) { return node.op != "Input" && node.op != "Output" && node.op != "Constant"; }

namespace {

void add_missing(std::vector<std::string>& names, const std::vector<std::string>& more) {
  for (const auto& name : more) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
}

/// The nodes from which an output can be reached, and all inputs.
std::vector<bool> find_live(const TensorGraph& graph, const std::set<TensorGraph::EdgeId>& dropped) {
  std::vector<bool> live(graph.node_count());
  std::vector<TensorGraph::NodeId> todo = graph.outputs;
  todo.insert(todo.end(), graph.inputs.begin(), graph.inputs.end());
  while (!todo.empty()) {
    const auto node = todo.back();
    todo.pop_back();
    if (live[node.index()]) continue;
    live[node.index()] = true;
    for (const auto edge : graph.in_edges(node)) {
      if (!dropped.contains(edge)) todo.push_back(graph.source(edge));
    }
  }
  return live;
}

}  // namespace

Rewrite::Rewrite(TensorGraph& graph) : graph_(graph) {
  for (const auto node : graph.nodes()) {
    names_.insert(graph[node].name);
    for (const auto& output : graph[node].outputs) names_.insert(output.name);
  }
}

std::vector<Rewrite::EdgeId> Rewrite::live(const std::vector<EdgeId>& edges) const {
  std::vector<EdgeId> result;
  std::ranges::copy_if(edges, std::back_inserter(result), [&](EdgeId edge) { return !dropped_.contains(edge); });
  return result;
}

std::vector<Rewrite::NodeId> Rewrite::operators() const {
  std::vector<NodeId> nodes;
  const auto order = topological_order(graph_.topology()).value();
  for (const auto index : order) {
    if (is_operator(graph_[NodeId(index)])) nodes.emplace_back(index);
  }
  return nodes;
}

std::vector<Rewrite::EdgeId> Rewrite::operands(NodeId node) const { return live(graph_.in_edges(node)); }

std::vector<Rewrite::EdgeId> Rewrite::readers(NodeId node) const { return live(graph_.out_edges(node)); }

std::optional<Rewrite::EdgeId> Rewrite::operand(NodeId node, int operand) const {
  for (const auto edge : operands(node)) {
    if (graph_[edge].operand == operand) return edge;
  }
  return std::nullopt;
}

std::optional<Rewrite::EdgeId> Rewrite::only_reader(NodeId node) const {
  const auto all = readers(node);
  if (all.size() != 1 || graph_[node].outputs.size() != 1) return std::nullopt;
  return all[0];
}

bool Rewrite::reads(NodeId node, Source source) const {
  return std::ranges::any_of(operands(node), [&](EdgeId use) {
    return graph_.source(use) == source.node && graph_[use].output == source.output;
  });
}

std::shared_ptr<const Tensor> Rewrite::constant(NodeId node, int operand) const {
  const auto use = this->operand(node, operand);
  return use ? reshaped(graph_[graph_.source(*use)].constant, graph_.type(*use).shape) : nullptr;
}

OpContext Rewrite::context(NodeId node) const { return context_of(graph_, node, operands(node)); }

Rewrite::NodeId Rewrite::add(Operator op) { return graph_.add_node(std::move(op)); }

Rewrite::Source Rewrite::add_constant(const std::string& name, Tensor value, std::vector<std::string> onnx_nodes) {
  Operator op;
  op.name = unique_name(name);
  op.op = "Constant";
  op.outputs = {{op.name, value.type()}};
  op.constant = std::make_shared<const Tensor>(std::move(value));
  op.onnx_nodes = std::move(onnx_nodes);
  return {add(std::move(op)), 0};
}

void Rewrite::connect(Source source, NodeId node, int operand, const Shape& shape) {
  if (const auto old = this->operand(node, operand)) drop(*old);
  Use use{.output = source.output, .operand = operand, .view = shape};
  if (graph_.value(source).type.shape == shape) use.view.reset();
  graph_.add_edge(source.node, node, std::move(use));
}

void Rewrite::drop(EdgeId use) { dropped_.insert(use); }

void Rewrite::redirect_readers(NodeId node, int output, Source by) {
  for (const auto use : readers(node)) {
    if (graph_[use].output == output) connect(by, graph_.target(use), graph_[use].operand, graph_.type(use).shape);
  }
}

void Rewrite::reshape_result(NodeId node, const Shape& shape) {
  TensorType& type = graph_[node].outputs.at(0).type;
  if (type.shape == shape) return;
  std::vector<std::pair<EdgeId, Shape>> seen;
  for (const auto use : readers(node)) {
    if (graph_[use].output == 0) seen.emplace_back(use, graph_.type(use).shape);
  }
  type.shape = shape;
  for (const auto& [use, as] : seen) connect({node, 0}, graph_.target(use), graph_[use].operand, as);
}

void Rewrite::bypass(NodeId node) {
  const Source by = source(operand(node, 0).value());
  const auto onnx_nodes = graph_[node].onnx_nodes;
  if (is_operator(graph_[by.node])) {
    add_missing(graph_[by.node].onnx_nodes, onnx_nodes);
  } else {
    for (const auto use : readers(node)) add_missing(graph_[graph_.target(use)].onnx_nodes, onnx_nodes);
  }
  redirect_readers(node, 0, by);
  for (const auto use : operands(node)) drop(use);
}

void Rewrite::absorb(NodeId producer, NodeId follower) {
  absorb(producer, follower, Shape(graph_[producer].outputs.at(0).type.shape));
}

void Rewrite::absorb(NodeId producer, NodeId follower, const Shape& shape) {
  Operator& op = graph_[producer];
  op.outputs.at(0).type = {graph_[follower].outputs.at(0).type.element, shape};
  redirect_readers(follower, 0, {producer, 0});
  for (const auto use : operands(follower)) drop(use);
  op.outputs.at(0).name = graph_[follower].outputs.at(0).name;
  add_missing(op.onnx_nodes, graph_[follower].onnx_nodes);
}

std::vector<int> Rewrite::depths() const {
  std::vector<int> depths(graph_.node_count());
  for (const auto node : operators()) {
    for (const auto use : operands(node)) {
      depths[node.index()] = std::max(depths[node.index()], depths[graph_.source(use).index()]);
    }
    ++depths[node.index()];
  }
  return depths;
}

std::string Rewrite::unique_name(const std::string& wanted) {
  std::string name = wanted;
  for (int i = 2; !names_.insert(name).second; ++i) name = fmt::format("{}_{}", wanted, i);
  return name;
}

std::size_t Rewrite::commit() {
  const auto live = find_live(graph_, dropped_);
  std::vector<std::optional<NodeId>> map;
  const std::size_t before = graph_.node_count();
  static_cast<Digraph<Operator, Use>&>(graph_) = graph_.filtered(
      [&](NodeId node) { return live[node.index()]; }, [&](EdgeId edge) { return !dropped_.contains(edge); }, &map);
  for (auto* list : {&graph_.inputs, &graph_.outputs}) {
    for (auto& node : *list) node = map[node.index()].value();
  }
  dropped_.clear();
  return before - graph_.node_count();
}

}  // namespace sluice
