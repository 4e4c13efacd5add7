#include "systemgen/verify/levels.hpp"

#include <fmt/format.h>

#include <map>

#include "frontend/ops/evaluate.hpp"
#include "systemgen/network/banks.hpp"

namespace sluice {
namespace {

constexpr const char* kBug = "this is a bug in Sluice; please report the model";

using TensorsByName = std::map<std::string, Tensor>;

Diagnostics compare(const Tensor& actual, const Tensor& wanted, const Tolerance& tolerance, const std::string& where,
                    const std::string& what) {
  const auto apart = deviation(actual, wanted, tolerance);
  if (apart.outside == 0) return {};
  return {
      {where,
       fmt::format("{}: {} elements beyond the tolerance, by up to {:.3g}", what, apart.outside, apart.max_absolute),
       kBug}};
}

/// The outputs of the optimised graph against the imported one's; fills in every tensor of the optimised graph.
Diagnostics check_graphs(const TensorGraph& imported, const TensorGraph& optimised, const Frame& frame,
                         const Tolerance& tolerance, TensorsByName& tensors) {
  EvaluateOptions observe;
  observe.observe = [&](TensorGraph::NodeId node, const std::vector<std::shared_ptr<const Tensor>>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) tensors[optimised[node].outputs[i].name] = *values[i];
  };
  const auto before = evaluate(imported, frame.inputs);
  if (!before) return before.errors();
  const auto after = evaluate(optimised, frame.inputs, observe);
  if (!after) return after.errors();
  Diagnostics errors;
  for (std::size_t i = 0; i < before->size(); ++i) {
    append(errors, compare((*after)[i], (*before)[i], tolerance, imported[imported.outputs[i]].name,
                           "the optimised graph differs from the imported one"));
  }
  return errors;
}

Diagnostics check_kernels(const TokenNetwork& network, const ChannelContents& contents, const TensorsByName& tensors,
                          const Tolerance& tolerance) {
  for (const auto actor : network.actors) {
    for (const auto id : network.made_by(actor)) {
      const auto& channel = network.channel(id);
      const auto wanted = tensors.find(channel.tensor);
      if (wanted == tensors.end()) continue;
      const Tensor actual = from_bits(wanted->second.type(), contents[id.index()]);
      if (auto errors = compare(actual, wanted->second, tolerance, channel.tensor,
                                fmt::format("kernel {} differs from its operator", network[actor].name));
          !errors.empty()) {
        return errors;
      }
    }
  }
  return {};
}

Diagnostics check_fsmd(const TokenNetwork& network, TokenNetwork::NodeId node, const BuiltActor& actor,
                       const ChannelContents& contents) {
  const auto& kernel = network[node].kernel;
  auto arrays = initial_contents(kernel);
  for (const auto edge : network.in_edges(node)) {
    const auto& link = network[edge];
    scatter(network.channel(link.channel).banking, contents[link.channel.index()], link.arrays, arrays);
  }
  const std::int64_t cycles = execute(actor.fsmd, arrays);
  if (cycles != actor.rtl.frame_cycles) {
    return {{kernel.name, fmt::format("its FSMD takes {} cycles, {} were predicted", cycles, actor.rtl.frame_cycles),
             kBug}};
  }
  for (const auto id : network.made_by(node)) {
    const auto& channel = network.channel(id);
    if (gather(channel.banking, channel.arrays, arrays) != contents[id.index()]) {
      return {{kernel.name, fmt::format("its FSMD computes another {} than its kernel", channel.tensor), kBug}};
    }
  }
  return {};
}

}  // namespace

Diagnostics check_levels(const TensorGraph& imported, const TensorGraph& optimised, const TokenNetwork& network,
                         const std::vector<BuiltActor>& actors, const std::vector<Frame>& frames,
                         const Tolerance& tolerance) {
  for (const auto& frame : frames) {
    TensorsByName tensors;
    if (auto errors = check_graphs(imported, optimised, frame, tolerance, tensors); !errors.empty()) return errors;
    std::vector<std::vector<std::uint64_t>> inputs;
    for (const auto& tensor : frame.inputs) inputs.push_back(to_bits(tensor));
    const auto contents = execute(network, inputs);
    if (!contents) return contents.errors();
    if (auto errors = check_kernels(network, *contents, tensors, tolerance); !errors.empty()) return errors;
    for (std::size_t i = 0; i < actors.size(); ++i) {
      if (auto errors = check_fsmd(network, network.actors[i], actors[i], *contents); !errors.empty()) return errors;
    }
  }
  return {};
}

}  // namespace sluice
