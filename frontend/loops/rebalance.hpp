#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "core/kernel/kernel.hpp"

namespace sluice {

struct RebalanceOptions {
  bool reassociate = true;  ///< sums and products of floats may add or multiply in another order
  /// Steps that a running result may go through from one iteration to the next that reads it.
  std::int64_t running_steps = 1;
};

/// Cycles from the start of an operation to its result.
using LatencyOf = std::function<std::int64_t(const Op&)>;

/// Builds chains and trees of one operation that can be regrouped anew, if their result is there sooner then: the two
/// operands that are ready first are joined first, so that late ones enter near the root (Golumbic 1976, Combinatorial
/// merging; the least time that any tree has). Integers regroup where no step is narrower than its result, minima and
/// maxima of floats always. The step that folds a term into a running result stays the last, unless the result may go
/// through more than one: then it enters the tree where that gives its end sooner. Returns how many trees are new.
std::size_t rebalance(Nest& nest, const LatencyOf& latency_of, const RebalanceOptions& options = {});

}  // namespace sluice
