#pragma once

#include <cstdint>
#include <vector>

#include "core/diag/diagnostic.hpp"
#include "core/kernel/kernel.hpp"

namespace sluice {

/// Contents of each of a kernel's arrays: raw bits of the elements in row-major order.
using ArrayContents = std::vector<std::vector<std::uint64_t>>;

/// Arrays of the right sizes: weights filled in, all others zero.
ArrayContents initial_contents(const Kernel& kernel);

/// Runs the kernel for one frame on `contents`, in the order of its loops, bit for bit as the hardware does.
/// Errors: an index outside its array, or an undefined value (a delay reaching before the firing's first iteration, a load
/// whose predicate is 0) that is stored or decides a select. Stops at the first.
Diagnostics execute(const Kernel& kernel, ArrayContents& contents);

}  // namespace sluice
