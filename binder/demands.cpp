#include "binder/demands.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "binder/cyclic_intervals.hpp"

namespace sluice {
namespace {

int slot_of(const TimedDemand& demand, int ii) { return demand.cycle % ii; }

/// Where the circle is cut for the demands of one pool.
int cut_of(int ii, const std::vector<TimedDemand>& demands) {
  std::vector<Arc> arcs;
  for (const auto& each : demands) {
    if (each.demand.length < ii) arcs.push_back({slot_of(each, ii), each.demand.length});
  }
  return best_cut(arcs, ii);
}

}  // namespace

NestDemands group_demands(int ii, const std::vector<TimedDemand>& demands) {
  std::map<PoolId, std::vector<TimedDemand>> by_pool;
  for (const auto& each : demands) by_pool[each.pool].push_back(each);

  struct Ordered {
    int rank = 0;  // whole, across the cut, others
    int when = 0;  // slots from the cut on; of a pool whose demands last a cycle, the first of their cycles
    DemandGroup group;
  };
  std::vector<Ordered> ordered;
  for (const auto& [pool, members] : by_pool) {
    const int cut = cut_of(ii, members);
    const bool short_ones =
        std::all_of(members.begin(), members.end(), [](const auto& m) { return m.demand.length == 1; });
    std::map<std::pair<bool, int>, Ordered> groups;  // by being whole, and slot
    for (const auto& each : members) {
      const bool whole = each.demand.length == ii;
      const int slot = whole ? 0 : slot_of(each, ii);
      const int after_cut = (slot - cut + ii) % ii;
      const bool across = after_cut + each.demand.length > ii;
      const int when = whole || short_ones ? each.cycle : after_cut;
      const auto [found, fresh] =
          groups.try_emplace({!whole, slot}, Ordered{whole ? 0 : 2, when, {pool, slot, whole, {}}});
      auto& entry = found->second;
      if (!whole && across) entry.rank = 1;
      entry.when = std::min(entry.when, when);
      entry.group.demands.push_back(each.demand);
    }
    for (auto& [key, entry] : groups) ordered.push_back(std::move(entry));
  }
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto& a, const auto& b) { return std::tie(a.rank, a.when) < std::tie(b.rank, b.when); });
  NestDemands result{ii, {}};
  for (auto& entry : ordered) result.groups.push_back(std::move(entry.group));
  return result;
}

}  // namespace sluice
