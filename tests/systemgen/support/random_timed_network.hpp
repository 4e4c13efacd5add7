#pragma once

#include <random>

#include "systemgen/analysis/frame_times.hpp"
#include "systemgen/analysis/timed_network.hpp"

namespace sluice {

/// What random networks may have.
struct RandomNetworkOptions {
  std::int64_t actors = 6;   ///< between the source and the sink, at most
  std::int64_t rows = 8;     ///< of the source's tensor, at most
  std::int64_t cycles = 12;  ///< of spacings and delays, at most
};

/// A source, actors that read one or two of the channels before them (convolutions with strides and padding, pooling,
/// several firings for a row or rows for a firing, whole tensors, joins, tables that only rise), and a sink for what
/// nobody reads.
TimedNetwork random_timed_network(std::mt19937& random, const RandomNetworkOptions& options);

/// So many actors, or a few more, in a chain with residual branches of up to four windows: firings of 60 to 100 cycles,
/// one for a row, and delays of about one firing. Some read whole tensors.
TimedNetwork large_timed_network(std::mt19937& random, std::size_t actors, std::int64_t rows);

/// The last actor as the sink, done some cycles after the start of its last firing.
std::vector<EdgeActor> last_actor(const TimedNetwork& network);

/// Capacities with which the network doesn't deadlock.
Capacities generous_capacities(const TimedNetwork& network, std::mt19937& random);

/// A channel with a row for each firing of its writer, which has as many firings as rows.
TimedChannel row_channel(std::string name, std::int64_t rows, std::size_t writer, std::vector<TimedReader> readers);

/// A reader whose firing t reads rows t stride - padding to t stride - padding + window - 1 of so many.
TimedReader window_reader(std::size_t actor, std::int64_t rows, std::int64_t firings, std::int64_t window,
                          std::int64_t stride, std::int64_t padding);

}  // namespace sluice
