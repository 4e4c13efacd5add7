#pragma once

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Whether `partition` can: every access of the array has an affine index, and an affine condition if it has one.
bool can_partition(const Kernel& kernel, ArrayId array);

/// Replaces the array by one array for each bank of `banking`, a banking of its shape, so that accesses of different
/// banks can take place in one cycle. Each access is of one bank afterwards: where the bank changes from iteration to
/// iteration, there is one access for each bank that it can be, and the value is chosen by the iterators. Loads of one
/// bank that provably never take place in the same iteration become one lookup with a chosen address, so that they need
/// one port. The array's own id becomes that of bank 0. Needs `can_partition`.
void partition(Kernel& kernel, ArrayId array, const Banking& banking);

/// Makes loads of one array that provably never take place in the same iteration one lookup, in every nest. Returns how
/// many loads are gone.
std::size_t join_exclusive_loads(Kernel& kernel);

/// Gives every lookup in a nest its own copy of the table, so that all can take place in one cycle: what is looked up
/// can be in any place, so no banks help. The only duplication of contents. Returns the number of copies.
std::size_t separate_lookups(Kernel& kernel);

}  // namespace sluice
