#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "frontend/loops/split_kernel.hpp"
#include "systemgen/choose/kernel_front.hpp"
#include "systemgen/choose/pipeline_kernel.hpp"

namespace sluice {

/// The fronts of all kernels that neighbouring nests of one may become.
using PartFronts = std::map<NestRange, std::vector<KernelPoint>>;

/// Of the kernel as a whole and of all parts between legal cuts; empty if there is no cut. Iterations are corrected to
/// the cycles that actors take: each is built without lanes where its firings wait for the end of those before, and
/// with one multiplier. Errors: a part is wrong, or has no schedule.
Expected<PartFronts> part_fronts(const Kernel& kernel, const std::string& prefix, const ActorOptions& actor,
                                 const PipelineOptions& pipeline,
                                 const std::function<FrontOptions(const Kernel&)>& options_of);

/// The best points of a kernel that may be split: for every number of iterations of the slowest part, the fewest
/// multipliers, then the fewest parts. It is split only where that takes fewer multipliers.
std::vector<KernelPoint> split_front(const Kernel& kernel, const PartFronts& fronts);

}  // namespace sluice
