#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "frontend/passes/rewrite.hpp"

namespace sluice {
namespace {

using Rule = std::function<bool(const Rewrite&, TensorGraph::NodeId)>;

bool always(const Rewrite&, TensorGraph::NodeId) { return true; }

bool has_one_operand(const Rewrite& rewrite, TensorGraph::NodeId node) { return rewrite.operands(node).size() == 1; }

bool has_one_output(const Rewrite& rewrite, TensorGraph::NodeId node) { return rewrite[node].outputs.size() == 1; }

/// Nothing reads the mask.
bool only_result_is_read(const Rewrite& rewrite, TensorGraph::NodeId node) {
  return std::ranges::all_of(rewrite.readers(node), [&](auto use) { return rewrite.graph()[use].output == 0; });
}

bool keeps_order(const Rewrite& rewrite, TensorGraph::NodeId node) {
  const OpContext context = rewrite.context(node);
  std::vector<std::int64_t> identity(context.operands[0].type.shape.size());
  std::iota(identity.begin(), identity.end(), 0);
  std::vector<std::int64_t> reversed(identity.rbegin(), identity.rend());
  return context.integers("perm", reversed) == identity;
}

/// All elements of a list, from an operand or (in older operator sets) from an attribute, are `value`. A list that is
/// not given counts as such.
bool all_are(const OpContext& context, std::size_t operand, const char* attribute, std::int64_t value) {
  std::vector<std::int64_t> list = context.integers(attribute);
  if (context.has(operand)) {
    if (!context.operands[operand].constant) return false;
    list = context.operands[operand].constant->to_int64s();
  }
  return std::ranges::all_of(list, [&](std::int64_t element) { return element == value; });
}

/// A slice of the whole tensor, forwards.
bool steps_forward(const Rewrite& rewrite, TensorGraph::NodeId node) {
  return all_are(rewrite.context(node), 4, "steps", 1);
}

bool pads_nothing(const Rewrite& rewrite, TensorGraph::NodeId node) {
  return all_are(rewrite.context(node), 1, "pads", 0);
}

/// When an operator whose result has the type of its first operand is that operand.
const std::map<std::string, Rule, std::less<>>& rules() {
  static const std::map<std::string, Rule, std::less<>> table{
      {"Identity", always},        {"Cast", always},         {"CastLike", always},
      {"Expand", always},          {"Tile", always},         {"Dropout", only_result_is_read},
      {"Concat", has_one_operand}, {"Sum", has_one_operand}, {"Mean", has_one_operand},
      {"Max", has_one_operand},    {"Min", has_one_operand}, {"Split", has_one_output},
      {"Transpose", keeps_order},  {"Slice", steps_forward}, {"Pad", pads_nothing},
  };
  return table;
}

}  // namespace

/// Removes operators that only pass their operand on.
std::size_t remove_identities(TensorGraph& graph) {
  Rewrite rewrite(graph);
  std::size_t changes = 0;
  for (const auto node : rewrite.operators()) {
    const auto rule = rules().find(rewrite[node].op);
    const auto data = rewrite.operand(node, 0);
    if (rule == rules().end() || !data || !rewrite[node].epilogues.empty()) continue;
    if (rewrite.graph().type(*data) != rewrite[node].outputs.at(0).type || !rule->second(rewrite, node)) continue;
    rewrite.bypass(node);
    ++changes;
  }
  rewrite.commit();
  return changes;
}

}  // namespace sluice
