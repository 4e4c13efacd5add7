#include "binder/wiring.hpp"

#include <algorithm>

namespace sluice {

PoolId Wiring::add_pool(std::vector<int> input_bits) {
  pools_.push_back({std::move(input_bits), {}});
  return PoolId(pools_.size() - 1);
}

PlaceId Wiring::add_place(PoolId pool) {
  const PlaceId id(places_.size());
  Place place{pool, connections_.add_source(), {}};
  source_place_.push_back(id);
  for (const int bits : pools_[pool.index()].input_bits) {
    place.inputs.push_back(connections_.add_sink(bits));
    sink_place_.push_back(id);
  }
  places_.push_back(std::move(place));
  pools_[pool.index()].places.push_back(id);
  return id;
}

ItemId Wiring::add_item(PoolId pool, bool commutes) {
  items_.push_back({pool, commutes, {}, {}, {}});
  return ItemId(items_.size() - 1);
}

void Wiring::link(ItemId from, ItemId to, int input) {
  items_[from.index()].out.push_back({to, input});
  items_[to.index()].in.push_back({from, input});
}

SinkId Wiring::input(Position position, int number) const {
  const int actual = position.swapped && number < 2 ? 1 - number : number;
  return places_[position.place.index()].inputs[static_cast<std::size_t>(actual)];
}

/// The wires of an item's links if it is at `position`.
void Wiring::collect_wires(const Item& item, ItemId id, Position position, Wires& wires) const {
  for (const auto& link : item.in) {
    const Position from = link.other == id ? position : items_[link.other.index()].position;
    if (from.place.valid()) wires.emplace_back(output(from), input(position, link.input));
  }
  for (const auto& link : item.out) {
    if (link.other == id) continue;
    const Position to = items_[link.other.index()].position;
    if (to.place.valid()) wires.emplace_back(output(position), input(to, link.input));
  }
}

void Wiring::put(ItemId id, Position position) {
  Item& item = items_[id.index()];
  item.position = position;
  Wires wires;
  collect_wires(item, id, position, wires);
  for (const auto& [source, sink] : wires) connections_.add(source, sink);
}

void Wiring::take(ItemId id) {
  Item& item = items_[id.index()];
  Wires wires;
  collect_wires(item, id, item.position, wires);
  for (const auto& [source, sink] : wires) connections_.remove(source, sink);
  item.position = {};
}

std::pair<std::int64_t, Position> Wiring::cheapest_at(ItemId id, PlaceId place) const {
  const Item& item = items_[id.index()];
  const auto at = [&](bool swapped) {
    Wires wires;
    collect_wires(item, id, {place, swapped}, wires);
    return std::pair{connections_.growth(wires), Position{place, swapped}};
  };
  const auto straight = at(false);
  if (!item.commutes || straight.first == 0) return straight;
  const auto crossed = at(true);
  return crossed.first < straight.first ? crossed : straight;
}

std::vector<PlaceId> Wiring::connected_places(ItemId id, std::size_t limit) const {
  const Item& item = items_[id.index()];
  std::vector<PlaceId> found;
  const auto add = [&](PlaceId place) {
    if (places_[place.index()].pool != item.pool) return;
    if (std::find(found.begin(), found.end(), place) == found.end()) found.push_back(place);
  };
  // A constant or the like can feed everything: a few sinks of each source must do.
  const auto visit = [&](const auto& range, const auto& place_of) {
    std::size_t seen = 0;
    for (auto it = range.begin(); it != range.end() && found.size() < limit && seen < 4 * limit; ++it, ++seen)
      add(place_of(*it));
  };
  for (const auto& link : item.in) {
    const Position from = items_[link.other.index()].position;
    if (from.place.valid())
      visit(connections_.sinks(output(from)), [&](SinkId sink) { return sink_place_[sink.index()]; });
  }
  for (const auto& link : item.out) {
    const Position to = items_[link.other.index()].position;
    if (to.place.valid())
      visit(connections_.sources(input(to, link.input)),
            [&](const auto& source) { return source_place_[source.first.index()]; });
  }
  return found;
}

}  // namespace sluice
