#include <numeric>

#include "frontend/passes/rewrite.hpp"

namespace sluice {
namespace {

/// Whether a Transpose moves only axes of extent 1, so that the elements keep their order.
bool keeps_element_order(const OpContext& context) {
  const Shape& shape = context.operands[0].type.shape;
  std::vector<std::int64_t> reversed(shape.size());
  std::iota(reversed.rbegin(), reversed.rend(), 0);
  std::int64_t last = -1;
  for (const auto axis : context.integers("perm", reversed)) {
    if (shape.at(static_cast<std::size_t>(axis)) == 1) continue;
    if (axis < last) return false;
    last = axis;
  }
  return true;
}

bool is_view(const OpContext& context) {
  const std::string& op = context.node.op;
  if (op == "Transpose") return keeps_element_order(context);
  return op == "Reshape" || op == "Flatten" || op == "Squeeze" || op == "Unsqueeze";
}

}  // namespace

/// Removes operators that only give their operand another shape: their readers see it under a view instead.
std::size_t remove_reshapes(TensorGraph& graph) {
  Rewrite rewrite(graph);
  std::size_t changes = 0;
  for (const auto node : rewrite.operators()) {
    if (!rewrite[node].epilogues.empty() || !is_view(rewrite.context(node))) continue;
    rewrite.bypass(node);
    ++changes;
  }
  rewrite.commit();
  return changes;
}

}  // namespace sluice
