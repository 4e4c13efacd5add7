#pragma once

#include <cstddef>
#include <cstdint>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// What becomes of the last iterations of a loop that `size` does not divide.
enum class Remainder : std::uint8_t {
  guarded,  ///< the last tile is as long as the others; beyond the loop's end it loads and stores nothing
  peeled,   ///< a nest of its own that follows does them
};

/// The one that takes fewer cycles of a firing, at one iteration a cycle: guards lose the iterations beyond the end,
/// a nest of its own lets the pipeline drain once more, which takes `drain` cycles. Units are the same: nests of a
/// kernel share them.
Remainder cheaper_remainder(const Nest& nest, std::size_t loop, std::int64_t size, std::int64_t drain);

/// Whether the loop can be tiled. Where the size divides, always. Guards: the nest carries nothing but accumulations,
/// and, of one that the loop reduces, gives the result at the end only. Peeling: the loop could as well be the
/// outermost (see `can_permute`).
bool can_tile(const Kernel& kernel, const Nest& nest, std::size_t loop, std::int64_t size, Remainder remainder);

/// Makes two loops of one (strip-mining): the outer over tiles, the inner, just inside of it, over the `size`
/// iterations of a tile. The order of the iterations stays. Needs `can_tile`, and a size of at least 1; from the loop's
/// trip on it stays as it is.
void tile(Kernel& kernel, std::size_t nest, std::size_t loop, std::int64_t size, Remainder remainder);

}  // namespace sluice
