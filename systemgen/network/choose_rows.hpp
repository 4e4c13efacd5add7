#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "systemgen/network/token_network.hpp"

namespace sluice {

/// The widest beat that a stream is given by itself, in bits.
inline constexpr std::int64_t kWidestBeat = 1024;

/// What the beats of the streams are chosen for.
struct StreamGoal {
  std::int64_t beats = std::numeric_limits<std::int64_t>::max();  ///< of a frame: so few are enough
  std::optional<std::int64_t> bits;  ///< of a beat, if it shall be as wide as that allows, whatever is enough
};

/// Chooses the rows of every channel, and the beats of the ports. Of all ways to cut its tensor into rows that its
/// maker and its readers can use, a channel gets the one with which they hold the fewest elements at once; the coarser
/// of equals. Before that, a port gets no more beats for a frame than are wanted, or as few as it can have: as many
/// elements in a beat as that takes.
void choose_rows(TokenNetwork& network, const StreamGoal& goal = {});

/// How the maker of a channel goes through its rows, and one of those that read it.
RowUse maker_use(const TokenNetwork& network, ChannelId id);
RowUse reader_use(const TokenNetwork& network, ChannelId id, TokenNetwork::NodeId reader);

/// Those that read a channel, each once.
std::vector<TokenNetwork::NodeId> readers_of(const TokenNetwork& network, ChannelId id);

/// Whether some kernel looks up elements of the channel by numbers that it computes.
bool is_looked_up(const TokenNetwork& network, ChannelId id);

}  // namespace sluice
