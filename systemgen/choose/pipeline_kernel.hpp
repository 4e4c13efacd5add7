#pragma once

#include "core/diag/expected.hpp"
#include "core/kernel/kernel.hpp"
#include "systemgen/schedule_kernel.hpp"

namespace sluice {

struct PipelineOptions {
  bool reassociate = true;  ///< a result's terms may be added in another order
};

/// Rewrites the nests of a kernel so that each starts an iteration as often as its units and memory ports allow:
/// accumulations are rotated until the adder's latency no longer binds the interval, with coarser firings where one has
/// too few results; what is computed twice is computed once. A nest stays as it is where nothing is faster. Errors: the kernel has no schedule.
Expected<Kernel> pipeline_kernel(Kernel kernel, const ActorOptions& actor, const PipelineOptions& options);

}  // namespace sluice
