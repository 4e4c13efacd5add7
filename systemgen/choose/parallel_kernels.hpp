#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "systemgen/choose/budget.hpp"
#include "systemgen/choose/part_fronts.hpp"
#include "systemgen/choose/pipeline_kernel.hpp"
#include "systemgen/control/stages.hpp"
#include "systemgen/network/stream_order.hpp"

namespace sluice {

/// What the user wants of a design.
struct Goal {
  std::optional<std::int64_t> multipliers;  ///< the fastest design with at most so many
  std::optional<std::int64_t> interval;     ///< the fewest multipliers for so many cycles between results
};

/// How one kernel of a choice, or a part of it, is built.
struct KernelPlan {
  std::size_t kernel = 0;  ///< its number
  NestRange nests;         ///< all, unless it is split
  Parallelism parallelism;
  ArrayBankings bankings;
  bool one_multiplier = false;  ///< whatever its nests would like to have
  bool operator==(const KernelPlan&) const = default;
};

/// What a system is as fast as.
struct SystemPace {
  ActorOrder order = ActorOrder::dataflow;
  std::optional<std::int64_t> stream_bits = {};  ///< of a dataflow system's beats; none: the widest
  StreamOrders orders = {};                      ///< of all streams
};

/// The ways to build a network's kernels, from which one is chosen.
class DesignSpace {
 public:
  /// `actor` has no limit on units. Designs with up to `most` multipliers are looked at, for a system that runs the
  /// kernels in that order: in a dataflow system, kernels of several nests may be split into several.
  static Expected<DesignSpace> explore(std::vector<Kernel> kernels, const ActorOptions& actor,
                                       const PipelineOptions& pipeline, std::int64_t most, const SystemPace& pace);

  [[nodiscard]] const std::vector<Kernel>& kernels() const { return kernels_; }
  /// How each kernel may be built, whole or in parts.
  [[nodiscard]] const std::vector<std::vector<KernelPoint>>& fronts() const { return fronts_; }
  /// The fronts, by kernel, that the points of `fronts` say their parts' points of.
  [[nodiscard]] const std::vector<PartFronts>& parts() const { return parts_; }
  [[nodiscard]] std::int64_t most() const { return most_; }

  /// How kernels are built, given a point for each, parts one after another; each depends on its neighbours only by
  /// the bankings.
  [[nodiscard]] std::vector<KernelPlan> plans(const std::vector<KernelPoint>& points) const;
  /// What is to be built: the kernel or the part of it.
  [[nodiscard]] Kernel kernel_of(const KernelPlan& plan) const;
  /// As it is built: parallel, in banks, pipelined and scheduled.
  [[nodiscard]] Expected<ScheduledKernel> build(const KernelPlan& plan) const;
  /// With `check` of the passes: whether the parts of each kernel together do what it does.
  [[nodiscard]] Diagnostics check_parts(const std::vector<KernelPlan>& plans) const;

 private:
  std::vector<Kernel> kernels_;
  std::vector<std::vector<KernelPoint>> fronts_;
  std::vector<PartFronts> parts_;      ///< by kernel
  std::vector<std::string> prefixes_;  ///< by kernel: of the tensors between its parts
  ActorOptions actor_;
  PipelineOptions pipeline_;
  std::int64_t most_ = 0;
  StreamOrders orders_;
};

/// For each kernel, when a central controller runs it; see `stages`.
std::vector<std::size_t> stages(const std::vector<Kernel>& kernels, ActorOrder order);

/// What comes and goes in streams and what is slow without multiplying bound the interval of a dataflow system: no
/// kernel is made faster.
BudgetOptions budget_options(const DesignSpace& space, const SystemPace& pace);

/// The fastest choices for such a system, as the model of cycles sees it. Keeps `space`.
BudgetTable budget_table(const DesignSpace& space, const SystemPace& pace);

/// The error of fewer multipliers than there are kernels that multiply.
Diagnostic too_few_multipliers(std::int64_t asked, std::int64_t least);

/// The fastest kernels with at most so many multipliers, of lists that all compute the same; of the first list, unless
/// another is clearly faster. Errors: fewer multipliers than the first list has kernels that multiply.
Expected<std::vector<ScheduledKernel>> parallel_kernels(const std::vector<std::vector<Kernel>>& forms,
                                                        const ActorOptions& actor, const PipelineOptions& pipeline,
                                                        std::int64_t most, const SystemPace& pace);

}  // namespace sluice
