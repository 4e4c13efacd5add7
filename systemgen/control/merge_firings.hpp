#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "rtlgen/fsmd/fsmd.hpp"
#include "systemgen/network/token_network.hpp"

namespace sluice {

/// Lets actors that must come to their end between firings fire once a frame instead, where that makes the network
/// faster: a shorter interval, or the same and a shorter latency, both with buffers without bounds. `candidates` are
/// places in `network.actors`; their kernels have one nest. Where the first frame would still take `latency` cycles or
/// more, all of them fire once a frame. Chooses the channels' rows anew, and the streams' beats: of `stream_bits`, or
/// such that they are not what is slowest.
void merge_firings(TokenNetwork& network, const std::vector<Fsmd*>& fsmds, const std::vector<std::size_t>& candidates,
                   std::int64_t latency, std::optional<std::int64_t> stream_bits = {});

}  // namespace sluice
