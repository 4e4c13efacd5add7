#include "systemgen/lower_graph.hpp"

#include <fmt/format.h>

#include "core/graph/order.hpp"
#include "frontend/loops/separate_views.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

bool is_operator(const Operator& node) { return node.op != "Input" && node.op != "Output" && node.op != "Constant"; }

Expected<Kernel> lower_node(const TensorGraph& graph, TensorGraph::NodeId node) {
  const OpDef* def = find_op(graph[node].op);
  if (!def || !def->lower) {
    return Diagnostic{graph[node].name,
                      fmt::format("{} has no hardware of its own, and no pass removed it", graph[node].op),
                      "don't skip passes; without --skip this is a model that Sluice can't build yet"};
  }
  auto kernel = def->lower(context_of(graph, node));
  if (!kernel) return kernel;
  separate_views(*kernel);
  if (auto errors = verify(*kernel); !errors.empty()) return errors;
  return kernel;
}

}  // namespace

Expected<std::vector<Kernel>> lower_graph(const TensorGraph& graph) {
  std::vector<Kernel> kernels;
  Diagnostics errors;
  const auto order = topological_order(graph.topology());
  for (const auto index : order.value()) {
    const TensorGraph::NodeId node(index);
    if (!is_operator(graph[node])) continue;
    auto kernel = lower_node(graph, node);
    if (kernel) {
      kernels.push_back(std::move(*kernel));
    } else {
      append(errors, kernel.errors());
    }
  }
  if (!errors.empty()) return errors;
  return kernels;
}

}  // namespace sluice
