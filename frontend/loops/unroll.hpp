#pragma once

#include <cstdint>
#include <map>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Whether the order of the loop's iterations may change, so that it can be unrolled: the nest carries nothing, or only
/// accumulations (frontend/loops/accumulation.hpp), and updates no array in place.
bool can_unroll(const Kernel& kernel, const Nest& nest, std::size_t loop);

/// Which iterations a lane does.
enum class Lanes : std::uint8_t {
  blocks,  ///< consecutive ones: lane l does l * B to l * B + B - 1
  cyclic,  ///< every U-th: lane l does l, l + U, l + 2 * U, ...
};

/// Does up to `factor` iterations of one of the nest's own loops at once: the loop gets a trip of B = ceil(trip /
/// factor), the body U = ceil(trip / B) lanes. Lanes of a loop outside the reductions have accumulations of their own;
/// lanes of a reduction's loop give terms that are added up in a balanced tree before they are accumulated, which
/// changes the order of a sum. Lanes beyond the end of the loop load and store nothing. What lanes have in common is
/// there once for each: see `remove_common_subexpressions`. Needs `can_unroll`.
void unroll(Kernel& kernel, std::size_t nest, std::size_t loop, std::int64_t factor, Lanes lanes = Lanes::blocks);

}  // namespace sluice
