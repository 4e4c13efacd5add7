#pragma once

#include <span>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Values that `expr` can take while all `conditions` hold: by interval arithmetic over the iterators (narrowed by
/// conditions on single iterators), on expr and on what is left of it beside each condition. Never too
/// small; low above high if some condition never holds.
AffineExpr::Range range_under(const AffineExpr& expr, std::span<const std::int64_t> trips,
                              const std::vector<Condition>& conditions);

/// The affine conditions that hold wherever `predicate` is 1: those of a guard, and of guards joined by bit_and.
std::vector<Condition> implied_conditions(const Nest& nest, OpId predicate);

}  // namespace sluice
