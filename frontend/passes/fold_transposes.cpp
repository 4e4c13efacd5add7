#include <algorithm>
#include <numeric>

#include "frontend/passes/matrix_product.hpp"

namespace sluice {
namespace {

using NodeId = TensorGraph::NodeId;
using Axes = std::vector<std::int64_t>;

/// The axes of the operand that the axes of a Transpose's result are.
Axes axes_of(const OpContext& context) {
  Axes reversed(context.operands[0].type.shape.size());
  std::iota(reversed.rbegin(), reversed.rend(), 0);
  return context.integers("perm", reversed);
}

/// The Transpose that an operand is, seen as it made it.
std::optional<NodeId> transposed_operand(const Rewrite& rewrite, NodeId node, int operand) {
  const auto use = rewrite.operand(node, operand);
  if (!use || rewrite.graph()[*use].view) return std::nullopt;
  const NodeId source = rewrite.graph().source(*use);
  if (rewrite[source].op != "Transpose" || !rewrite[source].epilogues.empty()) return std::nullopt;
  return source;
}

/// Lets the node read what the Transpose reads, and stand for it too.
void read_through(Rewrite& rewrite, NodeId node, int operand, NodeId transpose) {
  const auto from = rewrite.operand(transpose, 0).value();
  rewrite.connect(rewrite.source(from), node, operand, rewrite.graph().type(from).shape);
  auto& names = rewrite[node].onnx_nodes;
  const auto& more = rewrite[transpose].onnx_nodes;
  std::ranges::copy_if(more, std::inserter(names, names.begin()),
                       [&](const auto& name) { return std::ranges::find(names, name) == names.end(); });
}

bool fold_into_transpose(Rewrite& rewrite, NodeId node) {
  const auto first = transposed_operand(rewrite, node, 0);
  if (rewrite[node].op != "Transpose" || !first) return false;
  Axes axes = axes_of(rewrite.context(node));
  const Axes before = axes_of(rewrite.context(*first));
  for (auto& axis : axes) axis = before.at(static_cast<std::size_t>(axis));
  read_through(rewrite, node, 0, *first);
  rewrite[node].attributes.insert_or_assign("perm", axes);
  if (std::ranges::is_sorted(axes)) rewrite.bypass(node);
  return true;
}

bool fold_into_product(Rewrite& rewrite, NodeId node) {
  bool changed = false;
  for (const int operand : {0, 1}) {
    const auto product = matrix_product(rewrite, node);
    const auto transpose = product ? transposed_operand(rewrite, node, operand) : std::nullopt;
    if (!transpose || rewrite[*transpose].outputs[0].type.shape.size() != 2) continue;
    if (axes_of(rewrite.context(*transpose)) != Axes{1, 0}) continue;
    // One tensor read in two places at a time would halve the speed.
    if (rewrite.reads(node, rewrite.source(rewrite.operand(*transpose, 0).value()))) continue;
    make_gemm(rewrite, node, *product);
    read_through(rewrite, node, operand, *transpose);
    const char* attribute = operand == 0 ? "transA" : "transB";
    const bool was_transposed = rewrite.context(node).integer(attribute, 0) != 0;
    rewrite[node].attributes.insert_or_assign(attribute, std::int64_t{was_transposed ? 0 : 1});
    changed = true;
  }
  return changed;
}

}  // namespace

/// Lets products of matrices read their operands the other way round instead of after a Transpose, and makes two
/// Transposes in a row one.
std::size_t fold_transposes(TensorGraph& graph) {
  Rewrite rewrite(graph);
  std::size_t changes = 0;
  for (const auto node : rewrite.operators()) {
    if (fold_into_transpose(rewrite, node) || fold_into_product(rewrite, node)) ++changes;
  }
  rewrite.commit();
  return changes;
}

}  // namespace sluice
