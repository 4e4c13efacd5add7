#pragma once

#include <vector>

#include "binder/binding.hpp"
#include "binder/demands.hpp"

namespace sluice {

/// What a kernel's nests have to be bound, with the links between them.
struct BindingItems {
  /// Units of one spec.
  struct UnitPool {
    PoolId pool;
    UnitSpec spec;
    int limit = 0;  ///< units that a nest was scheduled with; 0: as many as operations
  };
  /// Registers of one width; long shift chains have pools of their own.
  struct RegisterPool {
    PoolId pool;
    int width = 1;
  };
  struct NestItems {
    std::vector<ItemId> of_node;
    std::vector<std::vector<ItemId>> stretches;  ///< for each node; empty without registers
    NestDemands units;
    NestDemands registers;
  };

  Wiring wiring;
  std::vector<UnitPool> unit_pools;
  std::vector<RegisterPool> register_pools;
  std::vector<NestItems> nests;
};

/// Items for all nodes and, with `registers`, for the stretches in which their values are stored; without, every
/// operation is linked to those that make its operands, as if values needed no storage. Constants, memory ports,
/// issuer values and inlined gates have their places; units and registers have none yet, and no item one of them.
///
/// Where units were not limited, no two operations of a nest share one: the schedule counted no multiplexer.
BindingItems collect_items(const Kernel& kernel, const std::vector<ScheduledNest>& nests, bool registers);

}  // namespace sluice
