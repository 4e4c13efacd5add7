#pragma once

#include <functional>
#include <vector>

#include "frontend/loops/loop_pass.hpp"
#include "systemgen/schedule_kernel.hpp"

namespace sluice {

/// For a dataflow system, whose interval is that of its slowest actor or stream: where a kernel is slower than the
/// system would have to be if all were in as many parts as they can have, it is split into the fewest parts that keep
/// up; the others stay whole. `streams` are the beats of the longest stream, `scheduled` the kernels as they are;
/// `schedule` does the same to a part. Parts come one after another in the place of their kernel. Errors: a part is
/// wrong, or has no schedule.
Expected<std::vector<ScheduledKernel>> split_slowest(
    const std::vector<Kernel>& kernels, std::vector<ScheduledKernel> scheduled, std::int64_t streams,
    const std::function<Expected<ScheduledKernel>(const Kernel&)>& schedule, const LoopPassOptions& passes);

}  // namespace sluice
