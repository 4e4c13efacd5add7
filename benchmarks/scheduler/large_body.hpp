#pragma once

#include <cstddef>

#include "binder/binding.hpp"

namespace sluice::bench {

/// A kernel of one nest whose body has about `operations` operations: a fifth of them loads from 16 arrays, products
/// and sums of floats, sums and minima of integers that chain, selects, and sums over earlier iterations. Each operand
/// is one of the latest 200 values.
Kernel large_body(std::size_t operations, unsigned seed);

/// Its dependences and the problem of scheduling it with 16 units of each kind.
ScheduledNest unscheduled(const Kernel& kernel, const Target& target);

}  // namespace sluice::bench
