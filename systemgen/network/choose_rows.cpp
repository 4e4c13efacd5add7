#include "systemgen/network/choose_rows.hpp"

#include <algorithm>
#include <tuple>

#include "core/kernel/address_tree.hpp"
#include "systemgen/network/stream_beat.hpp"
#include "systemgen/network/stream_view.hpp"

namespace sluice {
namespace {

using NodeId = TokenNetwork::NodeId;

RowUse use_of(const TokenNetwork& network, const Channel& channel, NodeId node, ArrayRole role) {
  const NetworkNode& user = network[node];
  if (user.kind != NetworkNode::Kind::actor) return row_use(user.order, channel.elements, channel.rows);
  return row_use(user.kernel, channel.tensor, role, channel.rows);
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

/// Whether the kernels' arrays have the rows of their channel as dimensions, and ports can walk through them.
bool can_use(const TokenNetwork& network, ChannelId id, const Rows& rows) {
  const auto& channel = network.channel(id);
  const auto fits = [&](NodeId node, ArrayRole role) {
    if (network[node].kind != NetworkNode::Kind::actor)
      return stream_view(channel.banking, rows, network[node].order, 1).has_value();
    return std::ranges::all_of(network[node].kernel.arrays, [&](const Array& array) {
      return array.role != role || array.tensor != channel.tensor || row_dimensions(array, rows).has_value();
    });
  };
  const auto readers = readers_of(network, id);
  return fits(channel.maker, ArrayRole::output) &&
         std::ranges::all_of(readers, [&](NodeId reader) { return fits(reader, ArrayRole::input); });
}

/// Whether a port would have more firings in a frame than are worth a controller's table: it fires once for each run of
/// elements that it passes in a row.
bool is_too_fine(const TokenNetwork& network, const Channel& channel, const std::vector<NodeId>& ports,
                 const Rows& rows) {
  constexpr std::int64_t kMostFirings = 1024;
  return std::ranges::any_of(
      ports, [&](NodeId port) { return channel.elements / run_length(network[port].order, rows) > kMostFirings; });
}

/// Elements that all users hold at once.
std::int64_t elements_held(const TokenNetwork& network, ChannelId id) {
  std::int64_t rows = working_set(maker_use(network, id));
  for (const auto reader : readers_of(network, id)) rows += working_set(reader_use(network, id, reader));
  const auto& channel = network.channel(id);
  return rows * (channel.elements / channel.rows.count);
}

/// The ports at a channel.
std::vector<NodeId> ports_of(const TokenNetwork& network, ChannelId id) {
  std::vector<NodeId> ports = readers_of(network, id);
  ports.push_back(network.channel(id).maker);
  std::erase_if(ports, [&](NodeId node) { return network[node].kind == NetworkNode::Kind::actor; });
  return ports;
}

/// Elements of a beat of the ports at a channel.
std::int64_t beat_of(const TokenNetwork& network, ChannelId id, const std::vector<NodeId>& ports,
                     const StreamGoal& goal) {
  const auto& channel = network.channel(id);
  const bool through = ports.size() > 1 && ports.back() == channel.maker;  // read by a port and made by one
  if (ports.empty() || through) return 1;
  const std::int64_t most =
      elements_of_beat(scalar_type(network[ports.front()].type.element), goal.bits.value_or(kWidestBeat));
  const auto all_have = [&](std::int64_t elements) {
    return std::ranges::all_of(ports, [&](NodeId port) {
      return stream_view(channel.banking, channel.rows, network[port].order, elements).has_value();
    });
  };
  std::int64_t beat = 1;
  for (std::int64_t elements = 2; elements <= most; ++elements) {
    if (!goal.bits && channel.elements / beat <= goal.beats) break;
    if (all_have(elements)) beat = elements;
  }
  return beat;
}

/// One way to cut a channel's tensor.
struct Cut {
  Rows rows;
  std::int64_t beat = 1;  ///< elements
  std::int64_t held = 0;  ///< elements

  /// The least is the best.
  [[nodiscard]] auto key(const Channel& channel, const std::vector<NodeId>& ports, const StreamGoal& goal) const {
    const std::int64_t wanted = goal.bits ? 0 : goal.beats;
    return std::tuple(ports.empty() ? 0 : std::max(channel.elements / beat, wanted), held, rows.count);
  }
};

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

void choose_rows(TokenNetwork& network, const StreamGoal& goal) {
  for (std::size_t i = 0; i < network.channels.size(); ++i) {
    const ChannelId id(i);
    auto& channel = network.channels[i];
    const auto ports = ports_of(network, id);
    channel.rows = one_row(channel.elements);
    std::optional<Cut> best;
    for (const auto& rows : candidates(channel)) {
      const bool whole = rows.count == 1;
      if (!whole &&
          (is_looked_up(network, id) || !can_use(network, id, rows) || is_too_fine(network, channel, ports, rows)))
        continue;
      channel.rows = rows;
      const Cut cut{rows, beat_of(network, id, ports, goal), elements_held(network, id)};
      if (!best || cut.key(channel, ports, goal) < best->key(channel, ports, goal)) best = cut;
    }
    channel.rows = best->rows;
    for (const auto port : ports) network[port].elements_per_beat = best->beat;
  }
}

}  // namespace sluice
