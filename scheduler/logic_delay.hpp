#pragma once

#include "core/kernel/kernel.hpp"
#include "core/target/target.hpp"

namespace sluice {

/// Delay, in ps, of an operation that is inlined (see Realization): a level of logic, a multiplexer, a carry chain, or
/// nothing but wires.
int inlined_ps(const Nest& nest, const Op& op, const Target& target);

/// Delay, in ps, of what a nest's counters give: nothing for an affine value, which is a register; for a guard the
/// comparison of a register with a constant, and a level of logic that joins several.
int issuer_ps(const Kernel& kernel, const Nest& nest, const Op& op, const Target& target);

/// The slowest of the counters' values among the operands of `op`, in ps. They come without a register in between, so
/// the operation has that much less time in its first cycle.
int counters_before_ps(const Kernel& kernel, const Nest& nest, const Op& op, const Target& target);

/// From the counters' flags through the choice of an increment and the adder to the register of an access's address.
int address_step_ps(const Kernel& kernel, const Nest& nest, const Op& access, const Target& target);

/// Of an input that is looked up by data: the adder that finds the frame's part of a buffer of several, in ps.
int frame_offset_ps(const Array& array, const Target& target);

}  // namespace sluice
