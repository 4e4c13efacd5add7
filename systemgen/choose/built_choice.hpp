#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "systemgen/choose/parallel_kernels.hpp"

namespace sluice {

/// What a kernel takes for a frame as it is built, in cycles.
struct BuiltCycles {
  std::int64_t iterations = 0;  ///< of all nests, at their intervals
  std::int64_t drain = 0;       ///< to fill and drain the pipelines

  [[nodiscard]] std::int64_t all() const { return iterations + drain; }
};

/// In a dataflow system, where one firing follows the other, a kernel of one nest never drains.
BuiltCycles built_cycles(const ScheduledKernel& built, ActorOrder order);

/// Builds a kernel of the design space, or a part of one.
using BuildKernel = std::function<Expected<BuiltCycles>(const KernelPlan& plan)>;

/// The choice whose design, with at most as many multipliers as the space has, is the fastest of those that were built.
/// The model of cycles doesn't see what ports cost: so the choice that it takes for the fastest is built, what was
/// built counts from then on as it is, and it chooses again, until all that it chooses is known, or until so many were
/// built that the best of them must do. Errors: a kernel of the first choice can't be built.
Expected<Choice> fastest_built(const DesignSpace& space, const SystemPace& pace, const BuildKernel& build);

/// The kernels of that choice, as they are built, parts one after another.
Expected<std::vector<ScheduledKernel>> build_fastest(const DesignSpace& space, const SystemPace& pace);

/// What is known of a kernel's points, and what that says of others: lanes beside those of a point make neither its
/// pipelines shorter nor its ports freer.
class PointCycles {
 public:
  explicit PointCycles(std::vector<KernelPoint> front) : front_(std::move(front)) {}

  void add(std::size_t point, BuiltCycles built) { known_[point] = built; }
  /// As built, or as estimated.
  [[nodiscard]] std::int64_t cycles(std::size_t point) const;

 private:
  std::vector<KernelPoint> front_;
  std::map<std::size_t, BuiltCycles> known_;
};

}  // namespace sluice
