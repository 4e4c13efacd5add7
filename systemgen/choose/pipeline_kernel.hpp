#pragma once

#include <vector>

#include "core/diag/expected.hpp"
#include "core/kernel/kernel.hpp"
#include "frontend/loops/loop_pass.hpp"
#include "systemgen/schedule_kernel.hpp"

namespace sluice {

struct PipelineOptions {
  bool reassociate = true;  ///< a result's terms may be added in another order
  LoopPassOptions passes = {};
  std::vector<PassStats>* stats = nullptr;  ///< of the loop passes; may be none
};

/// Rewrites the nests of a kernel so that each starts an iteration as often as its units and memory ports allow:
/// accumulations are rotated until the adder's latency no longer binds the interval, with coarser firings where one has
/// too few results; the loop passes clean up before. A nest stays as it is where nothing is faster. Errors: the kernel
/// has no schedule, a pass is wrong.
Expected<Kernel> pipeline_kernel(Kernel kernel, const ActorOptions& actor, const PipelineOptions& options);

}  // namespace sluice
