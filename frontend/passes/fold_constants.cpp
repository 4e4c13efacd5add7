#include "frontend/onnx/limits.hpp"
#include "frontend/ops/node_value.hpp"
#include "frontend/passes/rewrite.hpp"

namespace sluice {
namespace {

bool is_small(const Operator& node) {
  std::int64_t bytes = 0;
  for (const auto& output : node.outputs) {
    bytes += element_count(output.type.shape) * static_cast<std::int64_t>(byte_width(output.type.element));
  }
  return bytes <= limits::kFoldedBytes;
}

}  // namespace

/// Replaces operators of constants by their values. The importer has done so already: this is for what passes make.
std::size_t fold_constants(TensorGraph& graph) {
  Rewrite rewrite(graph);
  std::size_t changes = 0;
  for (const auto node : rewrite.operators()) {
    const OpContext context = rewrite.context(node);
    if (!folds(context) || !is_small(rewrite[node])) continue;
    auto values = evaluate_node(context);
    if (!values) continue;
    const Operator old = rewrite[node];
    for (std::size_t i = 0; i < values->size(); ++i) {
      const auto value = rewrite.add_constant(old.outputs[i].name, std::move((*values)[i]), old.onnx_nodes);
      rewrite[value.node].outputs[0].name = old.outputs[i].name;
      rewrite.redirect_readers(node, static_cast<int>(i), value);
    }
    ++changes;
  }
  rewrite.commit();
  return changes;
}

}  // namespace sluice
