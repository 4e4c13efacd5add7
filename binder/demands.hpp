#pragma once

#include <vector>

#include "binder/wiring.hpp"

namespace sluice {

/// An item and for how many cycles it takes a place, at most ii.
struct Demand {
  ItemId item;
  int length = 1;
};

/// Demands for places of one pool from one slot (cycle modulo ii) on. No two can have the same place.
struct DemandGroup {
  PoolId pool;
  int start = 0;       ///< slot
  bool whole = false;  ///< each takes its place for all ii cycles
  std::vector<Demand> demands;
};

/// What one nest asks of one kind of places: groups in an order in which they can be served one after another with few
/// places.
struct NestDemands {
  int ii = 1;
  std::vector<DemandGroup> groups;
};

/// A demand with the cycle, counted from the start of an iteration, in which it begins.
struct TimedDemand {
  Demand demand;
  PoolId pool;
  int cycle = 0;
};

/// Groups by pool and slot. Within a pool those that take whole places come first; the circle of ii slots is then cut
/// where the fewest demands run on, and groups that run across the cut come before the others, which follow in the
/// order of their slots (Tucker 1975). Across pools, the order is that of time, as far as that leaves a choice.
NestDemands group_demands(int ii, const std::vector<TimedDemand>& demands);

}  // namespace sluice
