#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/dfg/dfg.hpp"
#include "core/graph/order.hpp"

namespace sluice {
namespace {

/// A node is an operation of the body that is not a delay, and no operation is two nodes.
void check_nodes(const Dfg& dfg, const Nest& nest, Diagnostics& diagnostics) {
  std::vector<int> uses(nest.body.size(), 0);
  for (const auto node : dfg.nodes()) {
    const OpId op = dfg[node].op;
    if (!op.valid() || op.index() >= nest.body.size() || nest.op(op).code == Opcode::delay) {
      diagnostics.push_back({dfg.name + ", " + dfg[node].name, "the node is no operation of the body", ""});
    } else if (++uses[op.index()] == 2) {
      diagnostics.push_back({dfg.name + ", " + dfg[node].name, "the operation is two nodes", ""});
    }
  }
  for (std::size_t i = 0; i < uses.size(); ++i) {
    if (uses[i] > 0 || nest.body[i].code != Opcode::store) continue;
    diagnostics.push_back(
        {dfg.name, fmt::format("operation {} ({}) has no node", i, to_string(nest.body[i].code)), ""});
  }
}

void check_operands(const Dfg& dfg, const Nest& nest, Dfg::NodeId node, Diagnostics& diagnostics) {
  const std::string where = dfg.name + ", " + dfg[node].name;
  std::vector<int> given(needed_operands(nest.op(dfg[node].op)), 0);
  for (const auto edge : dfg.in_edges(node)) {
    if (dfg[edge].kind != DfgEdge::Kind::data) continue;
    const int operand = dfg[edge].operand;
    if (operand < 0 || operand >= static_cast<int>(given.size())) {
      diagnostics.push_back({where, fmt::format("operand {} of {} is given", operand, given.size()), ""});
    } else {
      ++given[static_cast<std::size_t>(operand)];
    }
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (given[i] == 1) continue;
    diagnostics.push_back({where, fmt::format("operand {} is given {} times", i, given[i]),
                           given[i] == 0 ? "a chain of delays must end in an operation" : ""});
  }
}

void check_cycles(const Dfg& dfg, Diagnostics& diagnostics) {
  const auto now = dfg.filtered([](auto) { return true; }, [&](auto edge) { return dfg[edge].distance == 0; });
  std::vector<std::string> names;
  for (const auto vertex : find_cycle(now.topology())) names.push_back(dfg[Dfg::NodeId(vertex)].name);
  if (names.empty()) return;
  diagnostics.push_back({dfg.name, fmt::format("a cycle without distance: {}", fmt::join(names, " -> ")),
                         "a value must be delayed by at least one iteration on its way back"});
}

}  // namespace

Diagnostics verify(const Dfg& dfg, const Nest& nest) {
  Diagnostics diagnostics;
  check_nodes(dfg, nest, diagnostics);
  if (!diagnostics.empty()) return diagnostics;  // what follows looks at the nodes' operations
  for (const auto edge : dfg.edges()) {
    if (dfg[edge].distance >= 0) continue;
    diagnostics.push_back({dfg.name,
                           fmt::format("{} -> {}: a distance of {}", dfg[dfg.source(edge)].name,
                                       dfg[dfg.target(edge)].name, dfg[edge].distance),
                           ""});
  }
  for (const auto node : dfg.nodes()) check_operands(dfg, nest, node, diagnostics);
  check_cycles(dfg, diagnostics);
  return diagnostics;
}

}  // namespace sluice
