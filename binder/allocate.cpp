#include "binder/allocate.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "binder/placement.hpp"

namespace sluice {
namespace {

/// The most places of each pool that the demands take at once.
std::map<PoolId, std::size_t> most_at_once(const NestDemands& demands) {
  std::map<PoolId, std::vector<std::size_t>> use;
  std::map<PoolId, std::size_t> whole;
  for (const auto& group : demands.groups) {
    if (group.whole) {
      whole[group.pool] += group.demands.size();
      continue;
    }
    auto& slots = use[group.pool];
    slots.resize(static_cast<std::size_t>(demands.ii));
    for (const auto& demand : group.demands) {
      for (int i = 0; i < demand.length; ++i) ++slots[static_cast<std::size_t>((group.start + i) % demands.ii)];
    }
  }
  for (const auto& [pool, slots] : use) whole[pool] += *std::max_element(slots.begin(), slots.end());
  return whole;
}

void provide(Wiring& wiring, const NestDemands& demands) {
  for (const auto& [pool, count] : most_at_once(demands)) {
    while (wiring.places(pool).size() < count) wiring.add_place(pool);
  }
}

void allocate(BindingItems& items, NestDemands BindingItems::NestItems::*kind) {
  for (const auto& nest : items.nests) provide(items.wiring, nest.*kind);
  for (const auto& nest : items.nests) {
    NestPlacement placement(items.wiring, (nest.*kind).ii);
    for (const auto& group : (nest.*kind).groups) placement.place(group);
  }
}

void improve_nest(Wiring& wiring, const BindingItems::NestItems& nest) {
  NestPlacement placement(wiring, nest.units.ii);
  for (const auto* demands : {&nest.units, &nest.registers}) {
    for (const auto& group : demands->groups) placement.occupy(group);
  }
  for (const auto* demands : {&nest.units, &nest.registers}) {
    for (const auto& group : demands->groups) placement.improve(group);
  }
}

}  // namespace

void allocate_units(BindingItems& items) { allocate(items, &BindingItems::NestItems::units); }

void allocate_registers(BindingItems& items) { allocate(items, &BindingItems::NestItems::registers); }

void improve_allocation(BindingItems& items, int rounds) {
  for (int round = 0; round < rounds; ++round) {
    const std::int64_t before = items.wiring.cost();
    for (const auto& nest : items.nests) improve_nest(items.wiring, nest);
    if (items.wiring.cost() >= before) return;
  }
}

}  // namespace sluice
