#pragma once

#include <functional>
#include <vector>

#include "systemgen/choose/built_cycles.hpp"
#include "systemgen/choose/parallel_kernels.hpp"

namespace sluice {

/// Builds a kernel of the design space, or a part of one.
using BuildKernel = std::function<Expected<BuiltCycles>(const KernelPlan& plan)>;

/// What one design is better than another by: the first that differs.
struct DesignCost {
  std::int64_t cycles = 0;       ///< between two frames
  std::int64_t multipliers = 0;  ///< as the model of cycles counts them
  double others = 0;             ///< see KernelPoint
  auto operator<=>(const DesignCost&) const = default;
};

/// Whether a design is worth other kernels, which may need larger buffers: by more than a hundredth.
bool is_clearly_faster(const DesignCost& a, const DesignCost& b);

/// How to build all kernels, parts one after another.
struct DesignPlan {
  std::vector<KernelPlan> kernels;
  DesignCost cost;
};

/// How the kernels are built whose design, with at most as many multipliers as the space has, is the fastest of those
/// that were built.
/// The model of cycles doesn't see what ports cost: so the choice that it takes for the fastest is built, what was
/// built counts from then on as it is, and it chooses again, until all that it chooses is known, or until so many were
/// built that the best of them must do. Errors: a kernel of the first choice can't be built.
Expected<DesignPlan> fastest_built(const DesignSpace& space, const SystemPace& pace, const BuildKernel& build);

/// Those kernels, as they are built.
struct BuiltDesign {
  std::vector<ScheduledKernel> kernels;
  DesignCost cost;
};
Expected<BuiltDesign> build_fastest(const DesignSpace& space, const SystemPace& pace);

}  // namespace sluice
