#pragma once

#include <span>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Values that `expr` can take while all `conditions` hold: by interval arithmetic over the iterators (narrowed by
/// propagating the conditions' bounds), on expr and on what is left of it beside each condition. Never too small; low
/// above high if the conditions are found to exclude each other.
AffineExpr::Range range_under(const AffineExpr& expr, std::span<const std::int64_t> trips,
                              const std::vector<Condition>& conditions);

/// The conditions without those that hold anyway where the others do.
std::vector<Condition> without_implied(std::vector<Condition> conditions, std::span<const std::int64_t> trips);

/// The affine conditions that hold wherever `predicate` is 1: those of a guard, and of guards joined by bit_and.
std::vector<Condition> implied_conditions(const Nest& nest, OpId predicate);

}  // namespace sluice
