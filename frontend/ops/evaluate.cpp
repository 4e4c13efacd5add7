#include "frontend/ops/evaluate.hpp"

#include <fmt/format.h>

#include "core/graph/order.hpp"
#include "frontend/ops/node_value.hpp"

namespace sluice {
namespace {

using Values = std::vector<std::shared_ptr<const Tensor>>;

/// Computes node after node, and forgets a value after its last use.
class Evaluation {
 public:
  Evaluation(const TensorGraph& graph, const EvaluateOptions& options)
      : graph_(graph), options_(options), values_(graph.node_count()), readers_(graph.node_count()) {
    for (const auto node : graph.nodes()) readers_[node.index()] = graph.out_edges(node).size();
  }

  void set(TensorGraph::NodeId node, Values values) {
    if (options_.observe) options_.observe(node, values);
    values_[node.index()] = std::move(values);
  }

  /// The value that a use sees.
  std::shared_ptr<const Tensor> operand(TensorGraph::EdgeId use) {
    const auto maker = graph_.source(use).index();
    const auto value = values_[maker].at(static_cast<std::size_t>(graph_[use].output));
    return graph_[use].view ? reshaped(value, *graph_[use].view) : value;
  }

  Diagnostics compute(TensorGraph::NodeId node) {
    OpContext context = sluice::context_of(graph_, node);
    for (const auto edge : graph_.in_edges(node)) {
      context.operands[static_cast<std::size_t>(graph_[edge].operand)].constant = operand(edge);
    }
    auto computed = evaluate_node(context);
    if (!computed) return computed.errors();
    Values values;
    for (auto& tensor : *computed) values.push_back(std::make_shared<const Tensor>(std::move(tensor)));
    set(node, std::move(values));
    release_operands(node);
    return {};
  }

  void release_operands(TensorGraph::NodeId node) {
    for (const auto edge : graph_.in_edges(node)) {
      const auto maker = graph_.source(edge).index();
      if (--readers_[maker] == 0) values_[maker].clear();
    }
  }

 private:
  const TensorGraph& graph_;
  const EvaluateOptions& options_;
  std::vector<Values> values_;
  std::vector<std::size_t> readers_;  ///< uses of each node that are still to come
};

Diagnostics check_inputs(const TensorGraph& graph, const std::vector<Tensor>& inputs) {
  if (inputs.size() != graph.inputs.size()) {
    return {{graph.name, fmt::format("{} inputs are given, the graph has {}", inputs.size(), graph.inputs.size()), ""}};
  }
  Diagnostics diagnostics;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const Operator& input = graph[graph.inputs[i]];
    if (inputs[i].type() == input.outputs.at(0).type) continue;
    diagnostics.push_back({input.name,
                           fmt::format("the value is a {}, the input a {}", to_string(inputs[i].type()),
                                       to_string(input.outputs[0].type)),
                           ""});
  }
  return diagnostics;
}

}  // namespace

Expected<std::vector<Tensor>> evaluate(const TensorGraph& graph, const std::vector<Tensor>& inputs,
                                       const EvaluateOptions& options) {
  if (const auto errors = check_inputs(graph, inputs); !errors.empty()) return errors;
  const auto order = topological_order(graph.topology());
  if (!order) return Diagnostic{graph.name, "the graph has a cycle", ""};
  Evaluation evaluation(graph, options);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    evaluation.set(graph.inputs[i], {std::make_shared<const Tensor>(inputs[i])});
  }
  for (const auto index : *order) {
    const TensorGraph::NodeId node(index);
    const auto& op = graph[node];
    if (op.op == "Input" || op.op == "Output") continue;
    if (op.op == "Constant") {
      evaluation.set(node, {op.constant});
    } else if (const auto errors = evaluation.compute(node); !errors.empty()) {
      return errors;
    }
  }
  std::vector<Tensor> outputs;
  for (const auto node : graph.outputs) outputs.push_back(*evaluation.operand(graph.in_edges(node).at(0)));
  return outputs;
}

}  // namespace sluice
