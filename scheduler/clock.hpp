#pragma once

#include "scheduler/nest_problem.hpp"

namespace sluice {

/// The shortest clock period, in ns, at which a kernel can be built: no piece that can't be cut any further takes
/// longer than a cycle. It may need many more cycles than a longer one.
double least_clock_ns(const Kernel& kernel, const Target& target, const ResourceOptions& options);

/// Whether `options.clock_ns` is long enough; if not, which piece is too slow and what the least clock is. To be asked
/// before `build_problem`, which has no answer for a faster clock that a schedule could meet.
Diagnostics check_clock(const Kernel& kernel, const Target& target, const ResourceOptions& options);

}  // namespace sluice
