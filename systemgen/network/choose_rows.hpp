#pragma once

#include "systemgen/network/token_network.hpp"

namespace sluice {

/// Chooses the rows of every channel: of all ways to cut its tensor into rows that its maker and its readers can use,
/// the one with which they hold the fewest elements at once; the coarser of equals.
void choose_rows(TokenNetwork& network);

/// How the maker of a channel goes through its rows, and one of those that read it.
RowUse maker_use(const TokenNetwork& network, ChannelId id);
RowUse reader_use(const TokenNetwork& network, ChannelId id, TokenNetwork::NodeId reader);

/// Those that read a channel, each once.
std::vector<TokenNetwork::NodeId> readers_of(const TokenNetwork& network, ChannelId id);

/// Whether some kernel looks up elements of the channel by numbers that it computes.
bool is_looked_up(const TokenNetwork& network, ChannelId id);

}  // namespace sluice
