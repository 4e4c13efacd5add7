#pragma once

#include <vector>

#include "core/dfg/unit_spec.hpp"
#include "core/kernel/kernel.hpp"
#include "core/target/target.hpp"

namespace sluice {

/// What a chain of delays may take in one cycle, in ps: the clock period less the register overhead. Scheduling and
/// binding both take it from here, so that they build the same units.
int chain_budget_ps(const Target& target, double clock_ns);

/// Inputs of the multiplexer before each operand of a unit, where operations of a kernel that need `spec` share at most
/// `limit` units in each nest, evenly but for one, and the nests share them too. With `limit` 0 each operation of a
/// nest has its own.
int multiplexer_inputs(const Kernel& kernel, const UnitSpec& spec, int limit);

/// Delays of the segments of a unit, in ps, the multiplexer counted to the first.
std::vector<int> shared_segments_ps(const Kernel& kernel, const UnitSpec& spec, int limit, const Target& target);

/// Where such a unit has its registers; `in_ps` includes the multiplexer. A unit that takes values of the counters
/// leaves time for them.
UnitTiming unit_timing(const Kernel& kernel, const UnitSpec& spec, int limit, const Target& target, double clock_ns);

}  // namespace sluice
