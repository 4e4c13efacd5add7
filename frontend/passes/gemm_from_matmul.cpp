#include "frontend/passes/matrix_product.hpp"

namespace sluice {
namespace {

using NodeId = TensorGraph::NodeId;
using EdgeId = TensorGraph::EdgeId;

constexpr int kFirstBroadcastingOpset = 7;

/// The sum of a matrix product that nothing else reads and another tensor.
struct ProductSum {
  MatrixProduct product;
  NodeId add;
  EdgeId addend;  ///< the Add's other operand
  Shape shape;    ///< how a Gemm can see it
};

/// Nothing but the Add reads the product, so the addend can't depend on it.
std::optional<ProductSum> product_sum(const Rewrite& rewrite, NodeId node) {
  if (rewrite[node].opset < kFirstBroadcastingOpset || rewrite.operand(node, 2)) return std::nullopt;
  const auto product = matrix_product(rewrite, node);
  const auto use = rewrite.only_reader(node);
  if (!product || !use) return std::nullopt;
  const NodeId add = rewrite.graph().target(*use);
  const TensorType type = rewrite.graph().type(*use);
  if (rewrite[add].op != "Add" || !rewrite[add].epilogues.empty() || rewrite[add].outputs[0].type != type)
    return std::nullopt;
  const EdgeId addend = rewrite.operand(add, 1 - rewrite.graph()[*use].operand).value();
  const auto shape = addend_shape(*product, type.shape, rewrite.graph().type(addend).shape);
  // One tensor read in two places at a time would halve the speed.
  if (!shape || rewrite.reads(node, rewrite.source(addend))) return std::nullopt;
  return ProductSum{*product, add, addend, *shape};
}

}  // namespace

/// Makes a product of matrices and the Add after it one Gemm, whose sums start with the other operand's elements. Of
/// two products that are added up, the one that can start later takes the other.
std::size_t gemm_from_matmul(TensorGraph& graph) {
  Rewrite rewrite(graph);
  const auto depths = rewrite.depths();
  std::size_t changes = 0;
  for (const auto node : rewrite.operators()) {
    const auto sum = product_sum(rewrite, node);
    if (!sum) continue;
    const NodeId other = rewrite.graph().source(sum->addend);
    if (depths[other.index()] > depths[node.index()] && product_sum(rewrite, other)) continue;
    rewrite.connect(rewrite.source(sum->addend), node, 2, sum->shape);
    make_gemm(rewrite, node, sum->product);
    rewrite[node].attributes.erase("beta");
    rewrite.absorb(node, sum->add);
    ++changes;
  }
  rewrite.commit();
  return changes;
}

}  // namespace sluice
