#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>

#include "core/graph/order.hpp"
#include "systemgen/network/banks.hpp"
#include "systemgen/network/names.hpp"
#include "systemgen/network/token_network.hpp"

namespace sluice {
namespace {

class NetworkBuilder {
 public:
  NetworkBuilder(const TensorGraph& graph, const StreamOrders& orders) : graph_(&graph), orders_(&orders) {
    network_.name = graph.name;
  }

  Expected<TokenNetwork> build(std::vector<Kernel> kernels) {
    for (const auto input : graph_->inputs) add_input((*graph_)[input]);
    for (auto& kernel : kernels) add_actor(std::move(kernel));
    for (const auto actor : network_.actors) link_actor(actor);
    for (const auto output : graph_->outputs) add_output(output);
    if (graph_->inputs.empty() && errors_.empty()) {
      errors_.push_back({graph_->name, "the model has no inputs, so its outputs are constant",
                         "give it an input; a constant needs no hardware"});
    }
    if (!errors_.empty()) return errors_;
    order_actors();
    return std::move(network_);
  }

 private:
  void add_input(const Operator& input) {
    const auto& value = input.outputs.at(0);
    const auto node =
        network_.add_node({NetworkNode::Kind::input, value.name, value.type, {}, order_of(*orders_, value.name)});
    network_.inputs.push_back(node);
    add_channel(value.name, scalar_type(value.type.element), one_bank(value.type.shape), node, {});
  }

  void add_actor(Kernel kernel) {
    kernel.name = actor_names_.claim(kernel.name);
    const std::string name = kernel.name;
    const auto node = network_.add_node({NetworkNode::Kind::actor, name, {}, std::move(kernel)});
    network_.actors.push_back(node);
    for (auto& made : tensors_of(network_[node].kernel, ArrayRole::output)) {
      add_channel(made.tensor, made.type, std::move(made.banking), node, std::move(made.arrays));
    }
  }

  void link_actor(TokenNetwork::NodeId node) {
    for (auto& read : tensors_of(network_[node].kernel, ArrayRole::input)) {
      const auto channel = link(read.tensor, node, std::move(read.arrays));
      if (channel) take_banking(network_.channels[channel->index()], read.banking);
    }
  }

  void add_output(TensorGraph::NodeId output) {
    const auto& name = (*graph_)[output].name;
    const auto source = graph_->operand(output, 0);
    if ((*graph_)[source->node].constant) {
      errors_.push_back({name, "this output of the model does not depend on its inputs",
                         "remove the output from the model; a constant needs no hardware"});
      return;
    }
    const auto type = graph_->type(graph_->in_edges(output).at(0));
    const auto& tensor = graph_->value(*source).name;
    const auto node = network_.add_node({NetworkNode::Kind::output, name, type, {}, order_of(*orders_, tensor)});
    network_.outputs.push_back(node);
    link(tensor, node, {});
  }

  void add_channel(const std::string& tensor, ScalarType type, Banking banking, TokenNetwork::NodeId maker,
                   std::vector<ArrayId> arrays) {
    const ChannelId id(network_.channels.size());
    const auto elements = element_count(banking.shape);
    network_.channels.push_back({channel_names_.claim(tensor), tensor, type, elements, std::move(banking),
                                 one_row(elements), maker, std::move(arrays)});
    if (!channel_of_.emplace(tensor, id).second) {
      errors_.push_back({tensor, fmt::format("made a second time, by {}", network_[maker].name), ""});
    }
  }

  /// A channel that a port makes is as its first reader wants it.
  void take_banking(Channel& channel, const Banking& banking) {
    if (channel.arrays.empty() && banked_by_reader_.insert(channel.name).second) channel.banking = banking;
  }

  std::optional<ChannelId> link(const std::string& tensor, TokenNetwork::NodeId reader, std::vector<ArrayId> arrays) {
    const auto found = channel_of_.find(tensor);
    if (found == channel_of_.end()) {
      errors_.push_back({network_[reader].name, fmt::format("reads tensor '{}', which no actor makes", tensor), ""});
      return std::nullopt;
    }
    network_.add_edge(network_.channel(found->second).maker, reader, {found->second, std::move(arrays)});
    return found->second;
  }

  void order_actors() {
    const auto order = topological_order(network_.topology());
    if (!order) return;  // verify reports the cycle
    network_.actors.clear();
    for (const auto index : *order) {
      const TokenNetwork::NodeId node(index);
      if (network_[node].kind == NetworkNode::Kind::actor) network_.actors.push_back(node);
    }
  }

  const TensorGraph* graph_;
  const StreamOrders* orders_;
  TokenNetwork network_;
  Diagnostics errors_;
  VerilogNames actor_names_;
  VerilogNames channel_names_;
  std::map<std::string, ChannelId> channel_of_;
  std::set<std::string> banked_by_reader_;  // names of channels
};

}  // namespace

Expected<TokenNetwork> build_network(const TensorGraph& graph, std::vector<Kernel> kernels,
                                     const StreamOrders& orders) {
  return NetworkBuilder(graph, orders).build(std::move(kernels));
}

}  // namespace sluice
