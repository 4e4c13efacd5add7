#include <algorithm>
#include <array>

#include "frontend/ops/epilogue.hpp"
#include "frontend/passes/rewrite.hpp"

namespace sluice {
namespace {

using NodeId = TensorGraph::NodeId;
using EdgeId = TensorGraph::EdgeId;

/// Operators whose operands may change places.
bool commutes(const std::string& op) {
  static constexpr std::array kOps{"Add", "Mul", "Min", "Max", "Sum", "Mean", "And", "Or", "Xor", "Equal"};
  return std::ranges::find(kOps, op) != kOps.end();
}

/// The one use by which an elementwise operator reads something that is not constant, where it may be its first
/// operand.
std::optional<EdgeId> data_operand(const Rewrite& rewrite, NodeId node) {
  std::optional<EdgeId> data;
  for (const auto use : rewrite.operands(node)) {
    if (rewrite[rewrite.graph().source(use)].constant) continue;
    if (data) return std::nullopt;
    data = use;
  }
  if (!data || (rewrite.graph()[*data].operand != 0 && !commutes(rewrite[node].op))) return std::nullopt;
  return data;
}

/// The constants of the epilogue. Under a view the producer's result has another shape than the operator saw: then only
/// single elements can be used, whose place does not matter. None if that is not so.
std::optional<std::vector<std::shared_ptr<const Tensor>>> constants(const Rewrite& rewrite, NodeId node, EdgeId data) {
  const OpContext context = rewrite.context(node);
  const bool viewed = rewrite.graph()[data].view.has_value();
  std::vector<std::shared_ptr<const Tensor>> result;
  for (std::size_t i = 0; i < context.operands.size(); ++i) {
    if (static_cast<int>(i) == rewrite.graph()[data].operand) continue;
    const auto& constant = context.operands[i].constant;
    if (viewed && constant && constant->size() != 1) return std::nullopt;
    result.push_back(viewed ? reshaped(constant, {}) : constant);
  }
  return result;
}

bool can_take_epilogue(const Rewrite& rewrite, NodeId producer, EdgeId use, const Operator& follower) {
  const Operator& node = rewrite[producer];
  const OpDef* def = is_operator(node) ? find_op(node.op) : nullptr;
  return def && def->lower && def->domain.empty() && node.opset == follower.opset &&
         rewrite.only_reader(producer) == use;
}

/// Whether the function computes products: it would compete with the producer's own for a multiplier.
bool multiplies(const Operator& producer, const Epilogue& epilogue) {
  Operator probe = producer;
  probe.epilogues = {epilogue};
  Kernel scratch;
  NestBuilder nest(scratch, "");
  const TensorType& type = producer.outputs.at(0).type;
  const Value x = nest.constant(scalar_type(type.element), 0);
  apply_epilogues({probe, {}, 1}, nest, x, std::vector<AffineExpr>(type.shape.size()));
  return std::ranges::any_of(scratch.nests[0].body, [](const Op& op) { return op.code == Opcode::multiply; });
}

bool does_macs(const Rewrite& rewrite, NodeId producer) {
  const auto kernel = find_op(rewrite[producer].op)->lower(rewrite.context(producer));
  return kernel && kernel->macs > 0;
}

enum class Products : std::uint8_t { apart, fused };

bool fuse(Rewrite& rewrite, NodeId node, Products products) {
  const OpDef* def = find_op(rewrite[node].op);
  if (!def || !def->scalar || !def->domain.empty() || rewrite[node].outputs.size() != 1) return false;
  const auto data = data_operand(rewrite, node);
  if (!data || rewrite.graph().type(*data).shape != rewrite[node].outputs[0].type.shape) return false;
  const NodeId producer = rewrite.graph().source(*data);
  if (!can_take_epilogue(rewrite, producer, *data, rewrite[node])) return false;
  auto others = constants(rewrite, node, *data);
  if (!others) return false;
  Epilogue epilogue{rewrite[node].op, rewrite[node].attributes, std::move(*others)};
  if (products == Products::apart && multiplies(rewrite[producer], epilogue) && does_macs(rewrite, producer))
    return false;
  auto& epilogues = rewrite[producer].epilogues;
  epilogues.push_back(std::move(epilogue));
  epilogues.insert(epilogues.end(), rewrite[node].epilogues.begin(), rewrite[node].epilogues.end());
  rewrite.absorb(producer, node);
  return true;
}

std::size_t fuse_all(TensorGraph& graph, Products products) {
  Rewrite rewrite(graph);
  std::size_t changes = 0;
  for (const auto node : rewrite.operators()) changes += fuse(rewrite, node, products);
  rewrite.commit();
  return changes;
}

}  // namespace

/// Makes an elementwise operator whose other operands are constants an epilogue of the operator before it, where
/// nothing else reads that one. Functions with products stay apart from operators whose work is multiplying.
std::size_t fuse_epilogues(TensorGraph& graph) { return fuse_all(graph, Products::apart); }

/// The same for what `fuse_epilogues` left apart: pays where a multiplier has time for it.
std::size_t fuse_products(TensorGraph& graph) { return fuse_all(graph, Products::fused); }

}  // namespace sluice
