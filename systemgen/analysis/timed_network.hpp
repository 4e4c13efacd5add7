#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/diag/diagnostic.hpp"

namespace sluice {

/// What fires, frame after frame without a gap: firing n of all is firing n mod `firings` of frame n / `firings`.
struct TimedActor {
  std::string name;
  std::int64_t firings = 1;  ///< of a frame
  std::int64_t spacing = 1;  ///< least cycles from the start of one firing to that of the next
};

/// One that reads a channel. A firing may start when the rows that it needs are written completely.
struct TimedReader {
  std::size_t actor = 0;
  /// By firing of a frame: how many of the frame's rows must be written when it starts, 1 + the last row that it reads
  /// or that one before it reads.
  std::vector<std::int64_t> needed;
  /// By firing of a frame: how many of the frame's first rows are read by no firing after it; all after the last.
  std::vector<std::int64_t> freed;
  /// Cycles from the start of a firing of the writer to the first cycle in which this reader may start with its token.
  std::int64_t token_delay = 1;
  /// Cycles from the start of a firing of this reader to the first cycle in which the writer may start with its credit.
  std::int64_t credit_delay = 1;
};

/// A circular buffer of rows with one writer. Row i of all frames one after another lies where row i - capacity lay,
/// which all readers must have freed before the writer starts a firing that writes it.
struct TimedChannel {
  std::string name;
  std::int64_t rows = 1;      ///< of a frame
  std::int64_t row_bits = 1;  ///< of storage
  std::size_t writer = 0;     ///< index of an actor
  /// By firing of a frame: how many of the frame's first rows are touched once it has started; all in the last.
  std::vector<std::int64_t> opened;
  /// By firing of a frame: how many of the frame's first rows are complete after it; all after the last.
  std::vector<std::int64_t> written;
  std::vector<TimedReader> readers;
  std::optional<std::int64_t> fixed_capacity;  ///< rows; none where it may be chosen
};

/// A network of token dataflow without what is computed in it: cyclo-static dataflow (Bilsen, Engels, Lauwereins and
/// Peperstraete, 1996) whose actors exchange pulses that count firings. The start s of firing n of an actor is the
/// latest of
///   s(n - 1) + spacing,
///   s(m) + token_delay   for each channel it reads: m is the writer's first firing after which the rows needed are
///                        written,
///   s(m) + credit_delay  for each reader of each channel it writes: m is the reader's first firing after which the
///                        rows are free that lay where those to be opened will lie.
/// Firings before the first frame count as done; cycle 0 is the earliest.
struct TimedNetwork {
  std::vector<TimedActor> actors;
  std::vector<TimedChannel> channels;
};

/// Rows of each channel.
using Capacities = std::vector<std::int64_t>;

/// Rows of each channel; none where nothing bounds them, so that the writer never waits.
using PartialCapacities = std::vector<std::optional<std::int64_t>>;

/// Actors without firings or spacing, channels without rows or bits, indices of actors that don't exist, tables that
/// have not one entry for each firing, that fall, leave 0 .. rows, or are incomplete at the frame's end, rows written
/// before they are opened, delays or fixed capacities below 1.
Diagnostics verify(const TimedNetwork& network);

/// Capacities for other channels than the network's, below 1, or other than a fixed one.
Diagnostics verify(const TimedNetwork& network, const Capacities& capacities);

/// The bits of all channels' buffers.
std::int64_t buffer_bits(const TimedNetwork& network, const Capacities& capacities);

/// For people: a line for each actor, channel and reader.
std::string to_string(const TimedNetwork& network);

}  // namespace sluice
