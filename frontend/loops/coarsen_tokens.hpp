#pragma once

#include <cstdint>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Makes one firing do what several did: the innermost token loop's iterations go, `factor` at a time, into the nest as
/// its outermost loop. `factor` divides the loop's trip; the kernel has one nest (several share their scratch arrays
/// within a firing).
void coarsen_tokens(Kernel& kernel, std::int64_t factor);

/// The least factor by which `coarsen_tokens` gives the nest at least `results` independent results a firing, which has
/// `now` of them; all iterations of the loop if that is not enough. 1 where the kernel can't be coarsened.
std::int64_t coarsening_for(const Kernel& kernel, std::int64_t now, std::int64_t results);

}  // namespace sluice
