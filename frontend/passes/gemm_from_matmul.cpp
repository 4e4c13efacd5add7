#include "frontend/passes/rewrite.hpp"

namespace sluice {
namespace {

using NodeId = TensorGraph::NodeId;

/// The Add of a vector that follows a MatMul of constant weights and nothing else reads.
struct BiasedProduct {
  NodeId add;
  std::shared_ptr<const Tensor> bias;  ///< one element for each column
};

std::optional<BiasedProduct> biased_product(const Rewrite& rewrite, NodeId matmul) {
  const Operator& node = rewrite[matmul];
  if (node.op != "MatMul" || node.opset < 7 || !node.epilogues.empty()) return std::nullopt;
  const auto weights = rewrite.constant(matmul, 1);
  const auto use = rewrite.only_reader(matmul);
  if (!weights || weights->rank() != 2 || !use || rewrite.graph()[*use].view) return std::nullopt;
  const NodeId add = rewrite.graph().target(*use);
  if (rewrite[add].op != "Add" || !rewrite[add].epilogues.empty()) return std::nullopt;
  const auto bias = rewrite.constant(add, 1 - rewrite.graph()[*use].operand);
  const std::int64_t columns = weights->shape()[1];
  if (!bias || bias->rank() == 0 || bias->shape().back() != columns || bias->size() != columns) return std::nullopt;
  if (rewrite[add].outputs[0].type != node.outputs[0].type) return std::nullopt;
  return BiasedProduct{add, bias};
}

}  // namespace

/// Makes a MatMul of constant weights and the Add of a vector after it one Gemm; leading dimensions become its rows.
std::size_t gemm_from_matmul(TensorGraph& graph) {
  Rewrite rewrite(graph);
  std::size_t changes = 0;
  for (const auto node : rewrite.operators()) {
    const auto product = biased_product(rewrite, node);
    if (!product) continue;
    const Shape weights = rewrite.constant(node, 1)->shape();
    const auto data = rewrite.operand(node, 0).value();
    const std::int64_t rows = element_count(rewrite.graph().type(data).shape) / weights[0];
    const auto add_operand = rewrite.constant(product->add, 1) ? 1 : 0;
    const auto bias = rewrite.source(rewrite.operand(product->add, add_operand).value());

    rewrite.connect(rewrite.source(data), node, 0, {rows, weights[0]});
    rewrite.connect(bias, node, 2, {weights[1]});
    rewrite.absorb(node, product->add, {rows, weights[1]});
    rewrite[node].op = "Gemm";
    ++changes;
  }
  rewrite.commit();
  return changes;
}

}  // namespace sluice
