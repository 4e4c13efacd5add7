#pragma once

#include <optional>
#include <vector>

#include "binder/binding.hpp"

namespace sluice {

/// Which unit does which operation.
struct UnitAssignment {
  struct Unit {
    UnitSpec spec;
    int limit = 0;  ///< units that a nest was scheduled with; 0: as many as operations
  };
  std::vector<Unit> units;
  std::vector<std::vector<std::optional<UnitId>>> of_node;  ///< for each nest and node of its Dfg
};

/// As few units of each spec as the nest needs that uses most of them at once; nests share them. Where a choice exists,
/// an operation takes the unit to which most of its operands are connected already, then the least used one (greedy;
/// after Huang, Chen, Lin, Hsu, "Data path allocation based on bipartite weighted matching", DAC 1990).
///
/// Where units were not limited, no two operations of a nest share one: the schedule counted no multiplexer.
UnitAssignment assign_units(const Kernel& kernel, const std::vector<ScheduledNest>& nests);

}  // namespace sluice
