#pragma once

#include <functional>
#include <vector>

#include "systemgen/choose/built_cycles.hpp"
#include "systemgen/choose/parallel_kernels.hpp"

namespace sluice {

/// Builds a kernel of the design space, or a part of one.
using BuildKernel = std::function<Expected<BuiltCycles>(const KernelPlan& plan)>;

/// How the kernels are built whose design, with at most as many multipliers as the space has, is the fastest of those
/// that were built; parts one after another.
/// The model of cycles doesn't see what ports cost: so the choice that it takes for the fastest is built, what was
/// built counts from then on as it is, and it chooses again, until all that it chooses is known, or until so many were
/// built that the best of them must do. Errors: a kernel of the first choice can't be built.
Expected<std::vector<KernelPlan>> fastest_built(const DesignSpace& space, const SystemPace& pace,
                                                const BuildKernel& build);

/// Those kernels, as they are built.
Expected<std::vector<ScheduledKernel>> build_fastest(const DesignSpace& space, const SystemPace& pace);

}  // namespace sluice
