#include "systemgen/network/token_network.hpp"

#include <fmt/format.h>

namespace sluice {

std::vector<ChannelId> TokenNetwork::made_by(NodeId node) const {
  std::vector<ChannelId> made;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    if (channels[i].maker == node) made.emplace_back(i);
  }
  return made;
}

ChannelId TokenNetwork::read_by(NodeId output) const { return (*this)[in_edges(output).at(0)].channel; }

namespace {

/// A label in double quotes, as Graphviz wants it.
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

}  // namespace

std::string to_dot(const TokenNetwork& network) {
  std::string text = fmt::format("digraph {} {{\n", quoted(network.name));
  for (const auto node : network.nodes()) {
    const bool actor = network[node].kind == NetworkNode::Kind::actor;
    const std::string label = actor ? network[node].name + "\n" + network[node].kernel.operation : network[node].name;
    text += fmt::format("  n{} [shape={} label={}];\n", node.index(), actor ? "box" : "ellipse", quoted(label));
  }
  for (const auto edge : network.edges()) {
    const auto& channel = network.channel(network[edge].channel);
    text += fmt::format("  n{} -> n{} [label={}];\n", network.source(edge).index(), network.target(edge).index(),
                        quoted(fmt::format("{}\n{} x {}", channel.tensor, channel.elements, to_string(channel.type))));
  }
  return text + "}\n";
}

}  // namespace sluice
