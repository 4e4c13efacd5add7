#include "binder/placement.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "core/graph/assignment.hpp"

namespace sluice {
namespace {

constexpr std::size_t kFewOffers = 32;       // all are looked at
constexpr std::size_t kConnected = 16;       // else for each demand so many places that it has wires to ...
constexpr std::size_t kRoomy = 4;            // ... and so many that have as much room as it needs
constexpr std::size_t kLargestGroup = 3000;  // improved as a whole

/// A free place and the slots that it is free for.
struct Offer {
  PlaceId place;
  int room = 0;
};

/// Which offers each demand should look at. Both are in the order of falling length and room, so if all demands can
/// have a place, the k-th demand can have the k-th offer.
std::vector<std::vector<std::size_t>> options_of(const Wiring& wiring, const std::vector<Demand>& demands,
                                                 const std::vector<Offer>& offers) {
  std::vector<std::vector<std::size_t>> options(demands.size());
  if (offers.size() <= kFewOffers) {
    for (auto& all : options) {
      all.resize(offers.size());
      std::iota(all.begin(), all.end(), std::size_t{0});
    }
    return options;
  }
  std::map<PlaceId, std::size_t> offer_of;
  for (std::size_t k = 0; k < offers.size(); ++k) offer_of.emplace(offers[k].place, k);
  for (std::size_t k = 0; k < demands.size(); ++k) {
    for (const auto place : wiring.connected_places(demands[k].item, kConnected)) {
      if (const auto found = offer_of.find(place); found != offer_of.end()) options[k].push_back(found->second);
    }
    for (std::size_t near = k; near < std::min(k + kRoomy, offers.size()); ++near) options[k].push_back(near);
  }
  return options;
}

}  // namespace

Occupancy& NestPlacement::occupancy(PlaceId place) {
  while (occupancies_.size() <= place.index()) occupancies_.emplace_back(ii_);
  return occupancies_[place.index()];
}

void NestPlacement::put(const DemandGroup& group, const Demand& demand, Position position) {
  wiring_.put(demand.item, position);
  occupancy(position.place).take(group.start, demand.length);
}

void NestPlacement::take(const DemandGroup& group, const Demand& demand) {
  occupancy(wiring_.position(demand.item).place).release(group.start);
  wiring_.take(demand.item);
}

void NestPlacement::occupy(const DemandGroup& group) {
  for (const auto& demand : group.demands)
    occupancy(wiring_.position(demand.item).place).take(group.start, demand.length);
}

NestPlacement::Choice NestPlacement::choose(const DemandGroup& group) {
  std::vector<std::size_t> order(group.demands.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return group.demands[a].length > group.demands[b].length; });
  std::vector<Demand> demands;
  for (const auto k : order) demands.push_back(group.demands[k]);
  std::vector<Offer> offers;
  for (const auto place : wiring_.places(group.pool)) {
    if (const int room = occupancy(place).room(group.start); room >= demands.back().length)
      offers.push_back({place, room});
  }
  std::stable_sort(offers.begin(), offers.end(), [](const auto& a, const auto& b) { return a.room > b.room; });

  const auto options = options_of(wiring_, demands, offers);
  std::vector<AssignmentOption> costs;
  std::map<std::pair<std::size_t, std::size_t>, Position> positions;
  for (std::size_t k = 0; k < demands.size(); ++k) {
    for (const auto offer : options[k]) {
      if (offers[offer].room < demands[k].length) continue;
      const auto [cost, position] = wiring_.cheapest_at(demands[k].item, offers[offer].place);
      costs.push_back({k, offer, cost});
      positions[{k, offer}] = position;
    }
  }
  Choice choice(group.demands.size());
  const auto partner = min_cost_assignment(demands.size(), offers.size(), costs);
  for (std::size_t k = 0; k < demands.size(); ++k) {
    if (partner[k]) choice[order[k]] = positions.at({k, *partner[k]});
  }
  return choice;
}

/// For a group that takes whole places: a connected place that is empty, or none.
std::optional<Position> NestPlacement::choose_alone(const DemandGroup& group, const Demand& demand) {
  std::optional<std::pair<std::int64_t, Position>> best;
  for (const auto place : wiring_.connected_places(demand.item, kConnected)) {
    if (occupancy(place).room(group.start) < demand.length) continue;
    const auto offer = wiring_.cheapest_at(demand.item, place);
    if (!best || offer.first < best->first) best = offer;
  }
  return best ? std::optional(best->second) : std::nullopt;
}

/// In this order, so that the registers of a shift chain follow one another as those of another nest's chain.
void NestPlacement::place_one_by_one(const DemandGroup& group) {
  std::size_t next = 0;  // no place before it is empty
  for (const auto& demand : group.demands) {
    if (const auto connected = choose_alone(group, demand)) {
      put(group, demand, *connected);
      continue;
    }
    const auto& places = wiring_.places(group.pool);
    while (next < places.size() && occupancy(places[next]).room(0) < ii_) ++next;
    const PlaceId place = next < places.size() ? places[next] : wiring_.add_place(group.pool);
    put(group, demand, wiring_.cheapest_at(demand.item, place).second);
  }
}

void NestPlacement::place(const DemandGroup& group) {
  if (group.whole) return place_one_by_one(group);
  const Choice choice = choose(group);
  for (std::size_t k = 0; k < choice.size(); ++k) {
    const Demand& demand = group.demands[k];
    put(group, demand, choice[k] ? *choice[k] : wiring_.cheapest_at(demand.item, wiring_.add_place(group.pool)).second);
  }
}

void NestPlacement::improve(const DemandGroup& group) {
  if (group.demands.size() > kLargestGroup) return;
  const std::int64_t before = wiring_.cost();
  std::vector<Position> old;
  for (const auto& demand : group.demands) {
    old.push_back(wiring_.position(demand.item));
    take(group, demand);
  }
  const auto put_all = [&](const auto& position_of) {
    for (std::size_t k = 0; k < group.demands.size(); ++k) put(group, group.demands[k], position_of(k));
  };
  const auto restore = [&] { put_all([&](std::size_t k) { return old[k]; }); };
  if (wiring_.cost() == before) return restore();  // they cost nothing where they are
  const Choice choice = choose(group);
  if (std::any_of(choice.begin(), choice.end(), [](const auto& position) { return !position; })) return restore();
  put_all([&](std::size_t k) { return *choice[k]; });
  if (wiring_.cost() <= before) return;
  for (const auto& demand : group.demands) take(group, demand);
  restore();
}

}  // namespace sluice
