#include "frontend/passes/rewrite.hpp"

namespace sluice {
namespace {

using NodeId = TensorGraph::NodeId;
using EdgeId = TensorGraph::EdgeId;

constexpr int kAddend = 3;

/// The Add of a convolution's result, which nothing else reads, and a tensor of the same shape.
struct Residual {
  NodeId add;
  EdgeId addend;
};

std::optional<Residual> residual_of(const Rewrite& rewrite, NodeId conv) {
  const Operator& node = rewrite[conv];
  if (node.op != "Conv" || !node.epilogues.empty() || rewrite.operand(conv, kAddend)) return std::nullopt;
  const auto use = rewrite.only_reader(conv);
  if (!use || rewrite.graph()[*use].view) return std::nullopt;
  const NodeId add = rewrite.graph().target(*use);
  if (rewrite[add].op != "Add" || !rewrite[add].epilogues.empty()) return std::nullopt;
  const EdgeId addend = rewrite.operand(add, 1 - rewrite.graph()[*use].operand).value();
  const auto source = rewrite.source(addend);
  if (rewrite.graph().type(addend) != node.outputs[0].type || rewrite[source.node].constant) return std::nullopt;
  // One tensor read in two places at a time would halve the speed.
  if (rewrite.reads(conv, source)) return std::nullopt;
  return Residual{add, addend};
}

}  // namespace

/// Lets a convolution add the tensor that an Add after it would: its sums start with the tensor's elements. Of two
/// convolutions that are added up, the one that can start later takes the other. Nothing but the Add reads the result,
/// so the tensor can't depend on it.
std::size_t fuse_residuals(TensorGraph& graph) {
  Rewrite rewrite(graph);
  const auto depths = rewrite.depths();
  std::size_t changes = 0;
  for (const auto node : rewrite.operators()) {
    const auto residual = residual_of(rewrite, node);
    if (!residual) continue;
    const auto other = rewrite.source(residual->addend);
    if (depths[other.node.index()] > depths[node.index()] && residual_of(rewrite, other.node)) continue;
    rewrite.connect(other, node, kAddend, rewrite[node].outputs[0].type.shape);
    rewrite.absorb(node, residual->add);
    ++changes;
  }
  rewrite.commit();
  return changes;
}

}  // namespace sluice
