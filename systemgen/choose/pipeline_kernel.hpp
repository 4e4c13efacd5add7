#pragma once

#include <vector>

#include "core/diag/expected.hpp"
#include "core/kernel/kernel.hpp"
#include "frontend/loops/loop_pass.hpp"
#include "systemgen/choose/tensor_bankings.hpp"
#include "systemgen/schedule_kernel.hpp"

namespace sluice {

struct PipelineOptions {
  bool reassociate = true;      ///< a result's terms may be added in another order
  ArrayBankings bankings = {};  ///< of arrays that are split into banks
  LoopPassOptions passes = {};
  std::vector<PassStats>* stats = nullptr;  ///< of the loop passes; may be none
};

/// For a look at a kernel that may not be built: passes are neither checked nor dumped nor counted.
PipelineOptions silent(const PipelineOptions& options);

/// Rewrites the nests of a kernel so that each starts an iteration as often as its units and memory ports allow:
/// accumulations are rotated until the adder's latency no longer binds the interval, with coarser firings where one has
/// too few results; arrays are split into banks; values that are read again soon are kept, where that saves registers
/// and choices; the loop passes clean up before and after. A nest stays as it is where nothing is faster. Errors: the
/// kernel has no schedule, a pass is wrong.
Expected<ScheduledKernel> pipeline_kernel(Kernel kernel, const ActorOptions& actor, const PipelineOptions& options);

}  // namespace sluice
