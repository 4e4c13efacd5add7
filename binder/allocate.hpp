#pragma once

#include "binder/items.hpp"

namespace sluice {

/// Adds units, as many of each spec as the nest needs that has most of them at work at once, and gives every operation
/// one. Nests share them: they never run at the same time.
void allocate_units(BindingItems& items);

/// The same for registers: left-edge (Hashimoto and Stevens 1971; for data paths Kurdahi and Parker, "REAL", DAC 1987)
/// on the circle of ii cycles, cut where the fewest values live (Tucker 1975). Values of one width share; a wider
/// register would waste its other bits in every cycle. A value that outlives ii gets a chain of registers; long chains
/// share with each other only.
void allocate_registers(BindingItems& items);

/// Goes through all units and registers again, one group of operations or values after another while everything else
/// stays, until multiplexers stop shrinking, at most `rounds` times. The number of places never grows.
void improve_allocation(BindingItems& items, int rounds);

}  // namespace sluice
