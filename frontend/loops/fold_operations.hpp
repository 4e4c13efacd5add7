#pragma once

#include <cstddef>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Computes beforehand what is known, and leaves out what changes nothing, bit for bit: operations on constants; loads
/// of weights from one place; conditions that always or never hold within the loops' trips, and what they decide;
/// selections between equals; identities of integers, and those of floats that hold for every canonical value (see
/// `is_canonical`). Returns how many operations are simpler.
std::size_t fold_operations(Kernel& kernel);

/// Takes out loops of one iteration. Returns how many.
std::size_t remove_unit_loops(Kernel& kernel);

}  // namespace sluice
