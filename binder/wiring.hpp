#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "binder/connections.hpp"

namespace sluice {

using PoolId = Id<struct PoolTag>;
using PlaceId = Id<struct PlaceTag>;
using ItemId = Id<struct ItemTag>;

/// Where an item is; `swapped`: its first two inputs come in at each other's port.
struct Position {
  PlaceId place;
  bool swapped = false;
};

/// What is bound to what, as a graph. An *item* is an operation, or a stretch of a value in a register. It is put into
/// a *place* of its *pool*: a unit of its spec, a register of its width. Links lead from items to inputs of items;
/// between two items that have places, a link is a wire. Items of memory ports, constants and gates of their own have
/// places without a choice.
class Wiring {
 public:
  PoolId add_pool(std::vector<int> input_bits);
  PlaceId add_place(PoolId pool);
  ItemId add_item(PoolId pool, bool commutes = false);
  void link(ItemId from, ItemId to, int input);

  void put(ItemId item, Position position);
  void take(ItemId item);

  [[nodiscard]] std::size_t item_count() const { return items_.size(); }
  [[nodiscard]] PoolId pool(ItemId item) const { return items_[item.index()].pool; }
  [[nodiscard]] bool commutes(ItemId item) const { return items_[item.index()].commutes; }
  [[nodiscard]] const Position& position(ItemId item) const { return items_[item.index()].position; }
  [[nodiscard]] const std::vector<PlaceId>& places(PoolId pool) const { return pools_[pool.index()].places; }

  /// Bits of two-to-one multiplexers of all wires.
  [[nodiscard]] std::int64_t cost() const { return connections_.cost(); }
  /// By how much that would grow if an item without a place were put there, the better way round.
  [[nodiscard]] std::pair<std::int64_t, Position> cheapest_at(ItemId item, PlaceId place) const;
  /// Places of its pool that need no new wire for some link of the item; at most `limit` of them.
  [[nodiscard]] std::vector<PlaceId> connected_places(ItemId item, std::size_t limit) const;

 private:
  struct Pool {
    std::vector<int> input_bits;
    std::vector<PlaceId> places;
  };
  struct Place {
    PoolId pool;
    SourceId output;
    std::vector<SinkId> inputs;
  };
  struct Link {
    ItemId other;
    int input = 0;
  };
  struct Item {
    PoolId pool;
    bool commutes = false;
    Position position;
    std::vector<Link> in;   // from others to inputs of this one
    std::vector<Link> out;  // to inputs of others
  };

  using Wires = std::vector<std::pair<SourceId, SinkId>>;
  [[nodiscard]] SinkId input(Position position, int number) const;
  [[nodiscard]] SourceId output(Position position) const { return places_[position.place.index()].output; }
  void collect_wires(const Item& item, ItemId id, Position position, Wires& wires) const;

  Connections connections_;
  std::vector<PlaceId> sink_place_;    // of each sink
  std::vector<PlaceId> source_place_;  // of each source
  std::vector<Pool> pools_;
  std::vector<Place> places_;
  std::vector<Item> items_;
};

}  // namespace sluice
