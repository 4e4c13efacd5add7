#pragma once

#include <cstddef>
#include <span>

#include "core/kernel/kernel.hpp"

namespace sluice {

struct PermuteOptions {
  bool reassociate = true;  ///< running results of floats may take their terms in another order
};

/// Whether the nest computes the same with its loops in this order, outermost first: place i gets loop order[i].
/// Running results (frontend/loops/accumulation.hpp) keep their reduction innermost, as a set; its loops change places
/// where the terms may be regrouped. What else is carried by delays keeps the order. Of two accesses to an element of
/// an array of the kernel's own, one of them a store, that which came first still does: by direction vectors, with
/// Banerjee's bounds on each index (Allen and Kennedy 1987).
bool can_permute(const Kernel& kernel, const Nest& nest, std::span<const std::size_t> order,
                 const PermuteOptions& options = {});

/// Puts the loops of a nest in another order. Needs `can_permute`.
void permute(Kernel& kernel, std::size_t nest, std::span<const std::size_t> order);

}  // namespace sluice
