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

/// Lets the node read what the Transpose reads, as it does or under a shape of its own, and stand for it too.
void read_through(Rewrite& rewrite, NodeId node, int operand, NodeId transpose, const std::optional<Shape>& seen = {}) {
  const auto from = rewrite.operand(transpose, 0).value();
  rewrite.connect(rewrite.source(from), node, operand, seen.value_or(rewrite.graph().type(from).shape));
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

/// How the flattened result of a Transpose stands in a product: its leading dimensions are the rows and stay where they
/// are, the others together are the depth.
struct Flattened {
  NodeId transpose;
  std::size_t rows;  ///< leading dimensions
};

std::optional<Flattened> flattened_operand(const Rewrite& rewrite, NodeId node, const MatrixProduct& product) {
  const auto use = rewrite.operand(node, 0).value();
  const NodeId source = rewrite.graph().source(use);
  const Operator& transpose = rewrite[source];
  if (transpose.op != "Transpose" || !transpose.epilogues.empty()) return std::nullopt;
  const Axes axes = axes_of(rewrite.context(source));
  const Shape& shape = transpose.outputs[0].type.shape;
  std::size_t rows = 0;
  for (std::int64_t count = 1; count < product.y[0]; ++rows) {
    if (rows == shape.size() || axes[rows] != static_cast<std::int64_t>(rows)) return std::nullopt;
    count *= shape[rows];
    if (count > product.y[0]) return std::nullopt;
  }
  return Flattened{source, rows};
}

/// The tensor with its axes in another order.
Tensor transposed(const std::shared_ptr<const Tensor>& tensor, Axes axes) {
  const Operator node{.name = "", .op = "Transpose", .attributes = {{"perm", std::move(axes)}}};
  const Operand operand{.type = tensor->type(), .tensor = "", .constant = tensor, .present = true};
  return find_op("Transpose")->evaluate({.node = node, .operands = {operand}}).front();
}

/// A product with the flattened result of a Transpose takes its weights in the order of what the Transpose reads.
bool fold_into_weights(Rewrite& rewrite, NodeId node) {
  const auto product = matrix_product(rewrite, node);
  const auto weights = product ? rewrite.constant(node, 1) : nullptr;
  if (!weights || rewrite.context(node).integer("transA", 0) != 0) return false;
  const auto flattened = flattened_operand(rewrite, node, *product);
  if (!flattened) return false;
  const Axes axes = axes_of(rewrite.context(flattened->transpose));
  const Shape shape = rewrite[flattened->transpose].outputs[0].type.shape;
  const bool depth_is_last = rewrite.context(node).integer("transB", 0) != 0;
  Shape apart(shape.begin() + static_cast<std::ptrdiff_t>(flattened->rows), shape.end());
  Axes back(apart.size());
  for (std::size_t i = 0; i < apart.size(); ++i)
    back[static_cast<std::size_t>(axes[flattened->rows + i]) - flattened->rows] = static_cast<std::int64_t>(i);
  if (depth_is_last) {
    apart.insert(apart.begin(), product->y[1]);
    for (auto& axis : back) ++axis;
    back.insert(back.begin(), 0);
  } else {
    apart.push_back(product->y[1]);
    back.push_back(static_cast<std::int64_t>(back.size()));
  }
  const auto use = rewrite.operand(node, 1).value();
  const std::string name = rewrite.graph().value(rewrite.source(use)).name;
  const Shape seen = rewrite.graph().type(use).shape;
  const auto ordered =
      rewrite.add_constant(name + "_transposed", transposed(reshaped(weights, apart), back).reshaped(seen));
  rewrite.connect(ordered, node, 1, seen);
  const Shape view = rewrite.graph().type(rewrite.operand(node, 0).value()).shape;
  read_through(rewrite, node, 0, flattened->transpose, view);
  return true;
}

}  // namespace

/// Lets products of matrices read their operands the other way round instead of after a Transpose, or take weights in
/// another order instead of a flattened one's elements, and makes two Transposes in a row one.
std::size_t fold_transposes(TensorGraph& graph) {
  Rewrite rewrite(graph);
  std::size_t changes = 0;
  for (const auto node : rewrite.operators()) {
    if (fold_into_transpose(rewrite, node) || fold_into_product(rewrite, node) || fold_into_weights(rewrite, node))
      ++changes;
  }
  rewrite.commit();
  return changes;
}

}  // namespace sluice
