#include "core/arith/float_ops.hpp"
#include "frontend/passes/rewrite.hpp"

namespace sluice {
namespace {

using NodeId = TensorGraph::NodeId;
using Source = TensorGraph::Source;

constexpr int kFirstBroadcastingOpset = 7;

/// A factor that no constant operand can take up.
bool is_open(double factor, const std::shared_ptr<const Tensor>& operand) { return factor != 1 && !operand; }

/// op(x, y), called after the node that it comes from; x has the result's type.
Source add_binary(Rewrite& rewrite, NodeId origin, const std::string& op, const TensorType& type) {
  Operator node;
  node.name = rewrite.unique_name(rewrite[origin].name + "_" + op);
  node.op = op;
  node.opset = rewrite[origin].opset;
  node.onnx_nodes = rewrite[origin].onnx_nodes;
  node.outputs.push_back({rewrite.unique_name(node.name + "_out"), type});
  return {rewrite.add(std::move(node)), 0};
}

Source add_factor(Rewrite& rewrite, NodeId origin, float factor) {
  const ElementType element = rewrite[origin].outputs[0].type.element;
  Tensor value({element, {}});
  value.set_bits(0, fp::from_double(scalar_type(element).format(), factor));
  return rewrite.add_constant(rewrite[origin].name + "_factor", std::move(value));
}

/// Puts op(result of the node, other) between the node and its readers; returns the new node's result.
Source append(Rewrite& rewrite, Source result, const std::string& op, Source other, const Shape& other_shape) {
  const TensorType type = rewrite[result.node].outputs[0].type;
  const Source after = add_binary(rewrite, result.node, op, type);
  rewrite.redirect_readers(result.node, 0, after);
  rewrite.connect(result, after.node, 0, type.shape);
  rewrite.connect(other, after.node, 1, other_shape);
  return after;
}

bool separate(Rewrite& rewrite, NodeId gemm) {
  const Operator& node = rewrite[gemm];
  if (node.op != "Gemm" || node.opset < kFirstBroadcastingOpset || !node.epilogues.empty()) return false;
  if (!scalar_type(node.outputs[0].type.element).is_float()) return false;
  const OpContext context = rewrite.context(gemm);
  const float alpha = context.real("alpha", 1);
  const float beta = context.real("beta", 1);
  const auto c = rewrite.operand(gemm, 2);
  const bool open_alpha = is_open(alpha, rewrite.constant(gemm, 1));
  // An addend that leaves the Gemm takes its factor along, constant or not.
  const bool open_beta = c && beta != 0 && is_open(beta, open_alpha ? nullptr : rewrite.constant(gemm, 2));
  if (!open_alpha && !open_beta) return false;

  if (open_beta) {
    const TensorType type = rewrite.graph().type(*c);
    const Source scaled = add_binary(rewrite, gemm, "Mul", type);
    rewrite.connect(rewrite.source(*c), scaled.node, 0, type.shape);
    rewrite.connect(add_factor(rewrite, gemm, beta), scaled.node, 1, {});
    rewrite.connect(scaled, gemm, 2, type.shape);
    rewrite[gemm].attributes["beta"] = 1.0F;
  }
  if (!open_alpha) return true;
  rewrite[gemm].attributes["alpha"] = 1.0F;
  const auto addend = rewrite.operand(gemm, 2);
  Source result = append(rewrite, {gemm, 0}, "Mul", add_factor(rewrite, gemm, alpha), {});
  if (!addend || beta == 0) return true;
  const Source value = rewrite.source(*addend);
  const Shape shape = rewrite.graph().type(*addend).shape;
  rewrite.drop(*addend);
  append(rewrite, result, "Add", value, shape);
  return true;
}

}  // namespace

/// Takes factors out of a Gemm that no constant operand can take up: they become operators of their own, so that the
/// Gemm's multiplier has nothing to do but its products.
std::size_t separate_scales(TensorGraph& graph) {
  Rewrite rewrite(graph);
  std::size_t changes = 0;
  for (const auto node : rewrite.operators()) changes += separate(rewrite, node) ? 1 : 0;
  rewrite.commit();
  return changes;
}

}  // namespace sluice
