#include "systemgen/network/choose_rows.hpp"

#include <algorithm>

#include "core/kernel/address_tree.hpp"

namespace sluice {
namespace {

using NodeId = TokenNetwork::NodeId;

RowUse use_of(const TokenNetwork& network, const Channel& channel, NodeId node, ArrayRole role) {
  if (network[node].kind != NetworkNode::Kind::actor) return row_use(channel.elements, channel.rows);
  return row_use(network[node].kernel, channel.tensor, role, channel.rows);
}

/// All ways to number rows by neighbouring dimensions of the tensor.
std::vector<Rows> candidates(const Channel& channel) {
  std::vector<Rows> found{one_row(channel.elements)};
  const Shape& shape = channel.banking.shape;
  std::int64_t inner = 1;
  for (std::size_t end = shape.size(); end > 0; inner *= shape[--end]) {
    std::int64_t count = 1;
    for (std::size_t first = end; first-- > 0 && channel.banking.dimensions[first].banks == 1;) {
      count *= shape[first];
      const Rows rows{count, inner};
      if (count > 1 && std::ranges::find(found, rows) == found.end()) found.push_back(rows);
    }
  }
  return found;
}

/// Whether the kernels' arrays have the rows of their channel as dimensions.
bool can_use(const TokenNetwork& network, ChannelId id, const Rows& rows) {
  const auto& channel = network.channel(id);
  const auto fits = [&](NodeId node, ArrayRole role) {
    if (network[node].kind != NetworkNode::Kind::actor) return true;
    return std::ranges::all_of(network[node].kernel.arrays, [&](const Array& array) {
      return array.role != role || array.tensor != channel.tensor || row_dimensions(array, rows).has_value();
    });
  };
  const auto readers = readers_of(network, id);
  return fits(channel.maker, ArrayRole::output) &&
         std::ranges::all_of(readers, [&](NodeId reader) { return fits(reader, ArrayRole::input); });
}

/// Whether a port would have more firings in a frame than are worth a controller's table: it fires once for each run of
/// elements that lie together in a row.
bool is_too_fine(const TokenNetwork& network, ChannelId id, const Rows& rows) {
  constexpr std::int64_t kMostFirings = 1024;
  const auto& channel = network.channel(id);
  const auto is_port = [&](NodeId node) { return network[node].kind != NetworkNode::Kind::actor; };
  const auto readers = readers_of(network, id);
  return channel.elements / rows.inner > kMostFirings &&
         (is_port(channel.maker) || std::ranges::any_of(readers, is_port));
}

/// Elements that all users hold at once.
std::int64_t elements_held(const TokenNetwork& network, ChannelId id) {
  std::int64_t rows = working_set(maker_use(network, id));
  for (const auto reader : readers_of(network, id)) rows += working_set(reader_use(network, id, reader));
  const auto& channel = network.channel(id);
  return rows * (channel.elements / channel.rows.count);
}

}  // namespace

RowUse maker_use(const TokenNetwork& network, ChannelId id) {
  const auto& channel = network.channel(id);
  return use_of(network, channel, channel.maker, ArrayRole::output);
}

RowUse reader_use(const TokenNetwork& network, ChannelId id, NodeId reader) {
  return use_of(network, network.channel(id), reader, ArrayRole::input);
}

std::vector<NodeId> readers_of(const TokenNetwork& network, ChannelId id) {
  std::vector<NodeId> readers;
  for (const auto edge : network.out_edges(network.channel(id).maker)) {
    const auto reader = network.target(edge);
    if (network[edge].channel == id && std::ranges::find(readers, reader) == readers.end()) readers.push_back(reader);
  }
  return readers;
}

bool is_looked_up(const TokenNetwork& network, ChannelId id) {
  const auto readers = readers_of(network, id);
  return std::ranges::any_of(readers, [&](NodeId reader) {
    const Kernel& kernel = network[reader].kernel;
    return std::ranges::any_of(kernel.nests, [&](const Nest& nest) {
      return std::ranges::any_of(nest.body, [&](const Op& op) {
        return op.code == Opcode::lookup && kernel.array(op.array).role == ArrayRole::input &&
               kernel.array(op.array).tensor == network.channel(id).tensor && !address_tree(kernel, nest, op);
      });
    });
  });
}

void choose_rows(TokenNetwork& network) {
  for (std::size_t i = 0; i < network.channels.size(); ++i) {
    const ChannelId id(i);
    auto& channel = network.channels[i];
    channel.rows = one_row(channel.elements);
    if (is_looked_up(network, id)) continue;
    Rows best = channel.rows;
    std::int64_t fewest = elements_held(network, id);
    for (const auto& rows : candidates(channel)) {
      if (!can_use(network, id, rows) || is_too_fine(network, id, rows)) continue;
      channel.rows = rows;
      const std::int64_t held = elements_held(network, id);
      if (std::pair(held, rows.count) >= std::pair(fewest, best.count)) continue;
      fewest = held;
      best = rows;
    }
    channel.rows = best;
  }
}

}  // namespace sluice
