#include <fmt/format.h>

#include <map>
#include <set>

#include "systemgen/network/banks.hpp"
#include "systemgen/network/stream_view.hpp"
#include "systemgen/network/token_network.hpp"

namespace sluice {
namespace {

using NodeId = TokenNetwork::NodeId;
using Kind = NetworkNode::Kind;

bool agree(const Banking& a, const Banking& b) {
  const bool whole = bank_count(a) == 1 && bank_count(b) == 1;
  return whole ? element_count(a.shape) == element_count(b.shape) : same_places(a, b);
}

class Checker {
 public:
  explicit Checker(const TokenNetwork& network) : network_(&network) {}

  Diagnostics run() {
    check_names();
    for (std::size_t i = 0; i < network_->channels.size(); ++i) check_channel(ChannelId(i));
    for (const auto edge : network_->edges()) check_link(edge);
    for (const auto node : network_->nodes()) check_node(node);
    check_order();
    return std::move(found_);
  }

 private:
  void report(const std::string& where, std::string what) { found_.push_back({where, std::move(what), ""}); }

  void check_names() {
    std::set<std::string> actors;
    std::set<std::string> channels;
    for (const auto node : network_->nodes()) {
      const auto& name = (*network_)[node].name;
      if ((*network_)[node].kind == Kind::actor && !actors.insert(name).second) report(name, "two actors of this name");
    }
    for (const auto& channel : network_->channels) {
      if (!channels.insert(channel.name).second) report(channel.name, "two channels of this name");
    }
  }

  [[nodiscard]] bool exists(NodeId node) const { return node.valid() && node.index() < network_->node_count(); }

  /// The arrays that a kernel has on a channel, by bank.
  void check_arrays_on(const Channel& channel, NodeId node, const std::vector<ArrayId>& arrays, ArrayRole role) {
    const auto& kernel = (*network_)[node].kernel;
    if (std::ssize(arrays) != bank_count(channel.banking)) {
      return report(channel.name, fmt::format("{} banks, but {} has arrays for {}", bank_count(channel.banking),
                                              kernel.name, arrays.size()));
    }
    for (std::size_t bank = 0; bank < arrays.size(); ++bank) {
      if (!arrays[bank].valid() && role == ArrayRole::input) continue;
      check_array_on(channel, kernel, arrays[bank], bank, role);
    }
  }

  void check_array_on(const Channel& channel, const Kernel& kernel, ArrayId id, std::size_t bank, ArrayRole role) {
    if (!id.valid() || id.index() >= kernel.arrays.size()) {
      return report(channel.name, fmt::format("{} has no array number {} for bank {}", kernel.name, id.value, bank));
    }
    const auto& array = kernel.array(id);
    if (array.role != role) {
      return report(channel.name, fmt::format("array {} of {} is not an {}", array.name, kernel.name,
                                              role == ArrayRole::input ? "input" : "output"));
    }
    const auto words = element_count(bank_shape(channel.banking));
    if (array.type != channel.type || element_count(array.shape) != words) {
      report(channel.name,
             fmt::format("{} elements of {}, but array {} of {} has {} of {}", words, to_string(channel.type),
                         array.name, kernel.name, element_count(array.shape), to_string(array.type)));
    }
    const Bank own = array.bank.value_or(Bank{one_bank(array.shape), 0});
    if (own.number != static_cast<std::int64_t>(bank)) {
      report(channel.name, fmt::format("array {} of {} is bank {}, but is used as bank {}", array.name, kernel.name,
                                       own.number, bank));
    }
    if (!agree(own.banking, channel.banking)) {
      report(channel.name, fmt::format("array {} of {} deals its elements out over {}, the channel over {}", array.name,
                                       kernel.name, to_string(own.banking), to_string(channel.banking)));
    }
  }

  void check_port(const Channel& channel, NodeId node) {
    const auto& type = (*network_)[node].type;
    if (scalar_type(type.element) != channel.type || element_count(type.shape) != channel.elements) {
      report(channel.name, fmt::format("{} elements of {}, but port {} passes {}", channel.elements,
                                       to_string(channel.type), (*network_)[node].name, to_string(type)));
    }
    check_order_of(channel, (*network_)[node]);
  }

  void check_order_of(const Channel& channel, const NetworkNode& port) {
    const auto& order = port.order;
    if (order.channels < 1 || order.pixels < 1 || channel.elements % order.image() != 0) {
      return report(channel.name, fmt::format("{} elements, but port {} passes images of {} channels and {} pixels",
                                              channel.elements, port.name, order.channels, order.pixels));
    }
    if (!stream_view(channel.banking, one_row(channel.elements), order, 1)) {
      report(channel.name, fmt::format("{}, which port {} can't walk through in images of {} channels and {} pixels",
                                       to_string(channel.banking), port.name, order.channels, order.pixels));
    }
  }

  void check_channel(ChannelId id) {
    const auto& channel = network_->channel(id);
    if (channel.elements < 1) report(channel.name, fmt::format("{} elements", channel.elements));
    if (channel.banking.dimensions.size() != channel.banking.shape.size() ||
        element_count(channel.banking.shape) != channel.elements) {
      return report(channel.name,
                    fmt::format("{} elements, but banks for {}", channel.elements, to_string(channel.banking.shape)));
    }
    if (!exists(channel.maker)) return report(channel.name, "nothing makes it");
    switch ((*network_)[channel.maker].kind) {
      case Kind::input:
        check_port(channel, channel.maker);
        break;
      case Kind::actor:
        check_arrays_on(channel, channel.maker, channel.arrays, ArrayRole::output);
        break;
      case Kind::output:
        report(channel.name, "an output port makes it");
        break;
    }
  }

  void check_link(TokenNetwork::EdgeId edge) {
    const Link& link = (*network_)[edge];
    const auto target = network_->target(edge);
    if (!link.channel.valid() || link.channel.index() >= network_->channels.size()) {
      return report((*network_)[target].name, fmt::format("reads channel {}, which is not there", link.channel.value));
    }
    const auto& channel = network_->channel(link.channel);
    if (channel.maker != network_->source(edge)) {
      report(channel.name,
             fmt::format("an edge to {} comes from another node than its maker", (*network_)[target].name));
    }
    if ((*network_)[target].kind == Kind::actor) {
      check_arrays_on(channel, target, link.arrays, ArrayRole::input);
    } else {
      check_port(channel, target);
    }
  }

  void check_node(NodeId node) {
    const auto& payload = (*network_)[node];
    const auto in = network_->in_edges(node);
    if (payload.kind == Kind::input && network_->made_by(node).size() != 1) {
      report(payload.name, fmt::format("an input port with {} channels", network_->made_by(node).size()));
    }
    if (payload.kind != Kind::input && payload.kind != Kind::actor && in.size() != 1) {
      report(payload.name, fmt::format("an output port that reads {} channels", in.size()));
    }
    if (payload.kind == Kind::input && !in.empty()) report(payload.name, "an input port that reads a channel");
    if (payload.kind == Kind::actor) check_arrays(node);
  }

  /// Every input array has one link, every output array one channel.
  void check_arrays(NodeId node) {
    const auto& kernel = (*network_)[node].kernel;
    std::vector<int> uses(kernel.arrays.size(), 0);
    const auto count = [&](const std::vector<ArrayId>& arrays) {
      for (const auto array : arrays) {
        if (array.valid() && array.index() < uses.size()) ++uses[array.index()];
      }
    };
    for (const auto edge : network_->in_edges(node)) count((*network_)[edge].arrays);
    for (const auto id : network_->made_by(node)) count(network_->channel(id).arrays);
    for (std::size_t i = 0; i < uses.size(); ++i) {
      const auto role = kernel.arrays[i].role;
      const int wanted = role == ArrayRole::input || role == ArrayRole::output ? 1 : 0;
      if (uses[i] != wanted)
        report(kernel.name, fmt::format("array {} is on {} channels", kernel.arrays[i].name, uses[i]));
    }
  }

  void check_order() {
    std::map<NodeId, std::size_t> position;
    for (std::size_t i = 0; i < network_->actors.size(); ++i) position.emplace(network_->actors[i], i);
    std::size_t actors = 0;
    for (const auto node : network_->nodes()) actors += (*network_)[node].kind == Kind::actor;
    if (position.size() != actors || network_->actors.size() != actors) {
      report(network_->name, fmt::format("{} actors, {} of them in the order", actors, position.size()));
    }
    for (const auto edge : network_->edges()) {
      const auto from = position.find(network_->source(edge));
      const auto to = position.find(network_->target(edge));
      if (from != position.end() && to != position.end() && from->second >= to->second) {
        report((*network_)[to->first].name,
               fmt::format("comes before {}, from which it reads", (*network_)[from->first].name));
      }
    }
  }

  const TokenNetwork* network_;
  Diagnostics found_;
};

}  // namespace

Diagnostics verify(const TokenNetwork& network) { return Checker(network).run(); }

}  // namespace sluice
