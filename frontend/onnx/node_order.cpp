#include "frontend/onnx/node_order.hpp"

#include <fmt/format.h>

#include <numeric>
#include <set>
#include <unordered_map>

#include "core/graph/order.hpp"

namespace sluice {
namespace {

constexpr int kNoNode = -1;  ///< the maker of graph inputs and initializers

std::string quoted(const char* what, const std::string& name) { return fmt::format("{} '{}'", what, name); }

/// Who makes each tensor.
using Makers = std::unordered_map<std::string, int>;

Makers find_makers(const onnx::GraphProto& graph, Diagnostics& diagnostics) {
  Makers makers;
  std::set<std::string> inputs;
  for (const auto& input : graph.input()) {
    makers.emplace(input.name(), kNoNode);
    if (input.name().empty()) diagnostics.push_back({"graph inputs", "an input has no name", ""});
    if (!inputs.insert(input.name()).second)
      diagnostics.push_back({quoted("graph input", input.name()), "two graph inputs have this name", ""});
  }
  std::set<std::string> initializers;
  for (const auto& tensor : graph.initializer()) {
    makers.emplace(tensor.name(), kNoNode);
    if (!initializers.insert(tensor.name()).second) {
      diagnostics.push_back(
          {quoted("initializer", tensor.name()), "two initializers have this name", "the model is damaged"});
    }
  }
  for (const auto& tensor : graph.sparse_initializer()) {
    makers.emplace(tensor.values().name(), kNoNode);
    diagnostics.push_back({quoted("initializer", tensor.values().name()), "sparse initializers are not supported",
                           "store the tensor dense"});
  }
  for (int i = 0; i < graph.node_size(); ++i) {
    for (const auto& output : graph.node(i).output()) {
      if (output.empty() || makers.emplace(output, i).second) continue;
      diagnostics.push_back({node_label(graph.node(i)),
                             fmt::format("it makes tensor '{}', which exists already", output),
                             "every tensor must have one maker"});
    }
  }
  return makers;
}

/// Marks the nodes that an output needs. `needed_by` is said where a tensor has no maker.
std::vector<bool> find_live(const onnx::GraphProto& graph, const Makers& makers, Diagnostics& diagnostics) {
  std::vector<bool> live(static_cast<std::size_t>(graph.node_size()));
  std::vector<int> todo;
  const auto need = [&](const std::string& tensor, const std::string& needed_by) {
    const auto maker = makers.find(tensor);
    if (maker == makers.end()) {
      diagnostics.push_back({needed_by, fmt::format("nothing makes its tensor '{}'", tensor),
                             "it is no graph input, no initializer and no node's output"});
    } else if (maker->second != kNoNode && !live[static_cast<std::size_t>(maker->second)]) {
      live[static_cast<std::size_t>(maker->second)] = true;
      todo.push_back(maker->second);
    }
  };
  std::set<std::string> outputs;
  for (const auto& output : graph.output()) {
    if (!outputs.insert(output.name()).second)
      diagnostics.push_back({quoted("graph output", output.name()), "two graph outputs have this name", ""});
    need(output.name(), quoted("graph output", output.name()));
  }
  while (!todo.empty()) {
    const auto& node = graph.node(todo.back());
    todo.pop_back();
    for (const auto& input : node.input()) {
      if (!input.empty()) need(input, node_label(node));
    }
  }
  return live;
}

/// An order of the live nodes, or the cycle that forbids one.
Expected<std::vector<int>> sort(const onnx::GraphProto& graph, const Makers& makers, const std::vector<bool>& live) {
  Topology topology(live.size());
  bool sorted = true;
  for (int i = 0; i < graph.node_size(); ++i) {
    if (!live[static_cast<std::size_t>(i)]) continue;
    for (const auto& input : graph.node(i).input()) {
      const auto maker = makers.find(input);
      if (maker == makers.end() || maker->second == kNoNode) continue;
      topology.add_edge(static_cast<std::size_t>(maker->second), static_cast<std::size_t>(i));
      sorted = sorted && maker->second < i;
    }
  }
  std::vector<std::size_t> all(live.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  if (!sorted) all = topological_order(topology).value_or(std::vector<std::size_t>());
  if (all.size() != live.size()) {
    std::string path;
    const auto cycle = find_cycle(topology);
    for (const auto v : cycle) path += node_label(graph.node(static_cast<int>(v))) + " -> ";
    return Diagnostic{"graph",
                      "the nodes form a cycle: " + path + node_label(graph.node(static_cast<int>(cycle.at(0)))),
                      "an ONNX graph must be acyclic"};
  }
  std::vector<int> order;
  for (const auto v : all) {
    if (live[v]) order.push_back(static_cast<int>(v));
  }
  return order;
}

}  // namespace

std::string node_label(const onnx::NodeProto& node) {
  if (!node.name().empty()) return node.name();
  return fmt::format("{}_{}", node.op_type(), node.output().empty() ? "" : node.output(0));
}

Expected<std::vector<const onnx::NodeProto*>> ordered_nodes(const onnx::GraphProto& graph) {
  Diagnostics diagnostics;
  if (graph.output().empty()) diagnostics.push_back({"graph", "it has no outputs", "a model must have at least one"});
  const Makers makers = find_makers(graph, diagnostics);
  const auto live = find_live(graph, makers, diagnostics);
  const auto order = sort(graph, makers, live);
  if (!order) append(diagnostics, order.errors());
  if (!diagnostics.empty()) return diagnostics;
  std::vector<const onnx::NodeProto*> nodes;
  for (const int i : *order) nodes.push_back(&graph.node(i));
  return nodes;
}

}  // namespace sluice
