#pragma once

#include <string>
#include <vector>

#include "core/diag/expected.hpp"
#include "core/graph/digraph.hpp"
#include "core/kernel/kernel.hpp"
#include "core/tensor/tensor_graph.hpp"
#include "systemgen/network/rows.hpp"
#include "systemgen/network/stream_order.hpp"

namespace sluice {

using ChannelId = Id<struct ChannelTag>;

/// A node of a TokenNetwork: an actor, or a port of the design.
struct NetworkNode {
  enum class Kind : std::uint8_t { input, actor, output };
  Kind kind = Kind::actor;
  std::string name;        ///< of an actor: its kernel's; of a port: the model's name for the input or output
  TensorType type;         ///< of a port: the tensor that passes, as the model shapes it
  Kernel kernel;           ///< of an actor
  StreamOrder order = {};  ///< of a port: in which the elements pass
  std::int64_t elements_per_beat = 1;  ///< of a port
};

/// One use of a channel: the edge's target reads what its source writes.
struct Link {
  ChannelId channel;
  /// The arrays of the reading kernel by bank, not valid where it has none of a bank; empty where a port reads.
  std::vector<ArrayId> arrays;
};

/// A tensor on its way from the one that makes it to all that read it.
struct Channel {
  std::string name;    ///< legal in Verilog, unique among channels
  std::string tensor;  ///< the TensorGraph's name for it
  ScalarType type;
  std::int64_t elements = 1;
  Banking banking;  ///< the maker's and all readers': every element has one place for all of them
  Rows rows;        ///< in which it is handed on
  Digraph<NetworkNode, Link>::NodeId maker;
  std::vector<ArrayId> arrays;  ///< the arrays of the making kernel by bank; empty where a port makes it
};

/// Level 8: actors joined by channels, with the design's ports as further nodes. A channel that has several uses has
/// several edges; one that nobody reads has none.
struct TokenNetwork : Digraph<NetworkNode, Link> {
  std::string name;
  std::vector<Channel> channels;
  std::vector<NodeId> inputs;   ///< ports, in the model's order
  std::vector<NodeId> outputs;  ///< ports, in the model's order
  std::vector<NodeId> actors;   ///< each after those that it reads from

  [[nodiscard]] const Channel& channel(ChannelId id) const { return channels.at(id.index()); }
  /// The channels that a node writes: of an actor in the order of its arrays, of an input port exactly one.
  [[nodiscard]] std::vector<ChannelId> made_by(NodeId node) const;
  /// The channel that an output port reads.
  [[nodiscard]] ChannelId read_by(NodeId output) const;
};

/// The network of an optimised graph. `kernels` implement its operators; their arrays name the graph's tensors. A
/// channel takes its banking from the kernel that makes it, or, where a port does, from the first that reads it.
/// Ports pass their tensors in the given orders. Refuses operands that nothing makes and outputs that are constant.
Expected<TokenNetwork> build_network(const TensorGraph& graph, std::vector<Kernel> kernels,
                                     const StreamOrders& orders = {});

/// Channels without their maker or with another type or size than an array on them, arrays that deal out a tensor over
/// banks in another way than their channel, makers without all banks, links to arrays that are not inputs, input arrays
/// without a link, ports with more or less than one channel or with an order that is not of their tensor or divides
/// blocks of banks, doubled names, an order of actors in which one comes before its maker.
Diagnostics verify(const TokenNetwork& network);

/// Graphviz: actors as boxes, channels as labelled edges.
std::string to_dot(const TokenNetwork& network);

}  // namespace sluice
