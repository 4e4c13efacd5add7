#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "systemgen/analysis/fire_times.hpp"
#include "systemgen/analysis/frame_interval.hpp"
#include "systemgen/network/stream_order.hpp"

namespace sluice {

/// An actor or port of a dataflow system in figures.
struct NetworkActorFacts {
  std::string name;
  std::int64_t firings = 1;  ///< of a frame
  std::int64_t spacing = 1;  ///< least cycles from one firing to the next
  std::int64_t multipliers = 0;
  std::size_t rank = 0;  ///< 0: reads nothing; else one more than the greatest of those that it reads from

  /// Cycles that it takes for a frame if it never waits: no frames come faster.
  [[nodiscard]] std::int64_t interval() const { return firings * spacing; }
};

/// A channel of a dataflow system in figures.
struct NetworkChannelFacts {
  std::string name;
  std::string tensor;
  std::int64_t rows = 1;      ///< of a frame
  std::int64_t capacity = 1;  ///< rows
  std::int64_t row_bits = 1;
  std::int64_t copies = 1;           ///< one for each reader
  std::int64_t occupancy = 0;        ///< most rows that are in use at once, predicted in steady state
  std::size_t writer = 0;            ///< index of an actor
  std::vector<std::size_t> readers;  ///< indices of actors

  [[nodiscard]] std::int64_t bits() const { return capacity * row_bits * copies; }
  /// Two whole tensors: what is needed to work on one frame while the next is written, without rows.
  [[nodiscard]] std::int64_t double_buffer_bits() const { return 2 * rows * row_bits * copies; }
};

/// What another layout of its streams makes of a dataflow system.
struct LayoutFacts {
  std::int64_t bits = 0;              ///< of the channels
  std::int64_t slowest_interval = 0;  ///< of any actor or port alone
};

/// A dataflow system, for people to see.
struct NetworkFacts {
  std::vector<NetworkActorFacts> actors;
  std::vector<NetworkChannelFacts> channels;
  FrameInterval interval;            ///< in steady state
  FrameInterval unbounded_interval;  ///< with buffers without bounds
  /// What bounds the interval: the actors on a critical cycle and the channels on which they wait for each other; a
  /// single actor without channels is busy all the time.
  std::vector<std::size_t> bottleneck_actors;
  std::vector<std::size_t> bottleneck_channels;
  /// The same actors if all streams had one layout, of those layouts that would change some stream.
  std::map<StreamLayout, LayoutFacts> other_layouts;
  bool least_buffers = false;  ///< proved: no capacities with fewer bits keep the goal
  FiringTimes predicted;       ///< of a few frames, inputs always offered and outputs always taken

  /// By index of an actor: those that are no bottleneck, the slowest first.
  [[nodiscard]] std::vector<std::size_t> next_slowest() const;
  /// The slowest actor's.
  [[nodiscard]] std::int64_t slowest_interval() const;
  [[nodiscard]] std::int64_t bits() const;
  [[nodiscard]] std::int64_t double_buffer_bits() const;
};

struct ActorFacts;
struct Design;

/// What there is to say about a design that is a dataflow system. `actors` are in the order of the network's.
NetworkFacts network_facts(const Design& design, const std::vector<ActorFacts>& actors);

/// For people: what bounds the interval, and what would if that did not.
std::string bottleneck_text(const NetworkFacts& network);

/// For people: the bits of the channels, in all, against double buffering.
std::string channels_text(const NetworkFacts& network);

}  // namespace sluice
