#include <set>
#include <utility>

#include "frontend/passes/rewrite.hpp"

namespace sluice {
namespace {

/// An operator that copies the tensor which the output sees, and feeds the output in its place.
void add_copy(Rewrite& rewrite, TensorGraph::NodeId output, TensorGraph::EdgeId use) {
  const auto source = rewrite.source(use);
  const TensorType type = rewrite.graph().type(use);
  Operator copy;
  copy.name = rewrite.unique_name(rewrite[output].name + "_copy");
  copy.op = "Identity";
  copy.opset = 13;
  copy.outputs = {{copy.name, type}};
  copy.onnx_nodes = rewrite[output].onnx_nodes;
  const auto node = rewrite.add(std::move(copy));
  rewrite.connect(source, node, 0, type.shape);
  rewrite.connect({node, 0}, output, 0, type.shape);
}

}  // namespace

/// Gives every Output a tensor of its own that an operator makes: one fed by an Input, a Constant or a tensor that
/// feeds another Output already gets a copy.
std::size_t separate_outputs(TensorGraph& graph) {
  Rewrite rewrite(graph);
  std::size_t changes = 0;
  std::set<std::pair<TensorGraph::NodeId, int>> taken;
  for (const auto output : graph.outputs) {
    const auto use = rewrite.operand(output, 0).value();
    const auto source = rewrite.source(use);
    const bool first = taken.emplace(source.node, source.output).second;
    if (first && is_operator(rewrite[source.node])) continue;
    add_copy(rewrite, output, use);
    ++changes;
  }
  rewrite.commit();
  return changes;
}

}  // namespace sluice
