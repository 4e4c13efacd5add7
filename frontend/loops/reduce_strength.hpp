#pragma once

#include <cstddef>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Puts cheaper operations in place of multiplications and divisions by constants, bit for bit: an integer times a
/// constant of at most two signed digits (canonical signed-digit form; Reitwiesner 1960) is shifts and at most one
/// addition; a float times 2 is added to itself; a float divided by a power of two is multiplied by its inverse.
/// Returns how many operations are gone.
std::size_t reduce_strength(Nest& nest);

}  // namespace sluice
