#pragma once

#include <vector>

#include "core/diag/diagnostic.hpp"
#include "core/graph/difference_constraints.hpp"
#include "scheduler/sdc/slow_chains.hpp"

namespace sluice {

/// The start cycles of a problem at one interval, as a system of difference constraints (Cong and Zhang, DAC 2006):
/// dependences, the chains that the period forbids, and whatever more it is given, such as an order on units. Without
/// the latter, it holds for every schedule of that interval in which held results are read before its end.
class SdcSystem {
 public:
  using Starts = std::vector<std::int64_t>;

  SdcSystem(const SchedulingProblem& problem, const DependenceLists& lists, int ii,
            const std::vector<StartConstraint>& more = {});

  /// The least start of every operation at once; nothing if the system is not feasible.
  Starts soonest();

  /// What `soonest` found out.
  [[nodiscard]] bool feasible() const { return circle_.empty(); }

  /// Starts with the fewest register bits among those that keep an iteration within `length` cycles. There must be
  /// some: `within` satisfies all constraints and that.
  Starts fewest_register_bits(int length, const Starts& within);

  /// The operations along the circle of constraints that no starts satisfy, if `soonest` found one.
  [[nodiscard]] Diagnostics circle() const;

 private:
  [[nodiscard]] Starts starts_of(const DifferenceSolution& solution) const;
  bool forbid_slow_chains(const Starts& starts);
  void keep_registers(const Starts& starts);
  void bound_length(int length);
  std::vector<std::int64_t> count_register_bits();

  static constexpr std::size_t kOrigin = 0;
  static std::size_t variable(OperationId id) { return id.index() + 1; }

  const SchedulingProblem& problem_;
  const DependenceLists& lists_;
  int ii_;
  SlowChains slow_chains_;
  std::vector<DifferenceConstraint> constraints_;
  std::vector<std::size_t> circle_;
};

}  // namespace sluice
