#include "systemgen/network/stream_layouts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace sluice {
namespace {

/// An input or output of a graph.
struct GraphPort {
  std::string name;    ///< the model's
  std::string tensor;  ///< the graph's
  Shape shape;
};

std::vector<GraphPort> ports_of(const TensorGraph& graph) {
  std::vector<GraphPort> ports;
  for (const auto input : graph.inputs) {
    const auto& value = graph[input].outputs.at(0);
    ports.push_back({value.name, value.name, value.type.shape});
  }
  for (const auto output : graph.outputs) {
    const auto source = graph.operand(output, 0);
    ports.push_back({graph[output].name, graph.value(*source).name, graph.type(graph.in_edges(output).at(0)).shape});
  }
  return ports;
}

Diagnostics refused(const std::vector<GraphPort>& ports, const StreamLayouts& layouts) {
  Diagnostics errors;
  for (const auto& [name, layout] : layouts.ports) {
    const std::string option = fmt::format("--stream-layout {}={}", name, to_string(layout));
    const auto port = std::ranges::find(ports, name, &GraphPort::name);
    if (port == ports.end()) {
      std::vector<std::string> names;
      for (const auto& each : ports) names.push_back(each.name);
      errors.push_back({option, "the model has no input or output of this name",
                        fmt::format("name one of: {}", fmt::join(names, ", "))});
    } else if (layout == StreamLayout::channels_last && !has_channels(port->shape)) {
      errors.push_back(
          {option, fmt::format("a tensor of shape {} has no channels before other dimensions", to_string(port->shape)),
           "name a tensor [N, C, ...] of at least three dimensions"});
    }
  }
  return errors;
}

}  // namespace

Expected<StreamOrders> stream_orders(const TensorGraph& graph, const StreamLayouts& layouts) {
  const auto ports = ports_of(graph);
  if (auto errors = refused(ports, layouts); !errors.empty()) return errors;
  StreamOrders orders;
  for (const auto& port : ports) {
    const auto named = layouts.ports.find(port.name);
    const auto layout = named == layouts.ports.end() ? layouts.all : named->second;
    orders.emplace(port.tensor, stream_order(layout, port.shape));
  }
  return orders;
}

}  // namespace sluice
