#include "systemgen/lower_graph.hpp"

#include <fmt/format.h>

#include <set>
#include <string>

#include "core/graph/order.hpp"
#include "frontend/loops/absorb_transposes.hpp"
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
  return def->lower(context_of(graph, node));
}

std::set<std::string> output_tensors(const TensorGraph& graph) {
  std::set<std::string> names;
  for (const auto output : graph.outputs) names.insert(graph.value(graph.operand(output, 0).value()).name);
  return names;
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
  absorb_transposes(kernels, output_tensors(graph));
  for (auto& kernel : kernels) {
    separate_views(kernel);
    append(errors, verify(kernel));
  }
  if (!errors.empty()) return errors;
  return kernels;
}

}  // namespace sluice
