#pragma once

#include <vector>

#include "binder/binding.hpp"
#include "binder/names.hpp"
#include "binder/units.hpp"

namespace sluice {

/// Which registers there are, and which values they hold.
struct RegisterAssignment {
  std::vector<BoundRegister> registers;
  std::vector<std::vector<std::vector<Stretch>>> storage;  ///< for each nest and node of its Dfg
};

/// Left-edge (Hashimoto and Stevens 1971; for data paths Kurdahi and Parker, "REAL", DAC 1987) on the circle of ii
/// cycles: it is cut where the fewest values live, those that cross the cut get registers first (Tucker 1975), all
/// others follow in the order of their first cycles. Values of one width share; a wider register would waste its other
/// bits in every cycle. Nests share all registers. Where a choice exists, a value takes the register that its source
/// writes already. Names come from the first value that a register holds, and are unique in `names`.
RegisterAssignment assign_registers(const Kernel& kernel, const std::vector<ScheduledNest>& nests,
                                    const UnitAssignment& units, NameTable& names);

}  // namespace sluice
