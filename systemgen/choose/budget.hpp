#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "systemgen/choose/kernel_front.hpp"

namespace sluice {

/// For each kernel, the number of a point of its front.
using Choice = std::vector<std::size_t>;

struct BudgetOptions {
  std::vector<std::size_t> groups = {};  ///< the group of each kernel, numbered from 0; empty: each is one of its own
  std::int64_t floor = 0;                ///< iterations that a group takes at least, whatever its kernels do
  /// Kernels without multiplications take at most one such part of what the slowest that multiplies takes.
  std::int64_t part_of_slowest = 4;
};

/// The fastest choice for every number of multipliers up to `most`. Kernels of one group run at the same time, groups
/// one after another: what is least is the sum of the groups' slowest. Exact (a multiple-choice knapsack; Sinha and
/// Zoltners 1979), by dynamic programming. No kernel is faster than the slowest of its group needs. Kernels without
/// multiplications take the least lanes that keep up with the slowest that multiplies.
class BudgetTable {
 public:
  BudgetTable(const std::vector<std::vector<KernelPoint>>& fronts, std::int64_t most,
              const BudgetOptions& options = {});

  [[nodiscard]] std::int64_t least() const { return least_; }  ///< multipliers that are needed
  [[nodiscard]] std::int64_t most() const { return most_; }    ///< multipliers beyond which nothing becomes faster
  /// The fastest choice with at most so many multipliers, at least `least`.
  [[nodiscard]] Choice choice(std::int64_t multipliers) const;
  /// Of a choice: the sum of the groups' slowest.
  [[nodiscard]] std::int64_t iterations(const Choice& choice) const;

 private:
  /// One way to build all kernels of a group that multiply.
  struct GroupPoint {
    std::int64_t multipliers = 0;
    std::int64_t iterations = 0;                              ///< of the slowest
    std::vector<std::pair<std::size_t, std::size_t>> points;  ///< kernel, number of its point
  };

  [[nodiscard]] std::vector<GroupPoint> group_front(const std::vector<std::size_t>& kernels) const;
  void add_lanes(Choice& choice) const;

  const std::vector<std::vector<KernelPoint>>& fronts_;
  BudgetOptions options_;
  std::int64_t least_ = 0;
  std::int64_t most_ = 0;
  std::vector<std::vector<GroupPoint>> groups_;  ///< of kernels that multiply
  std::vector<std::vector<std::size_t>> taken_;  ///< by group and multipliers spent: number of its point
};

/// Of a choice: the sum of multipliers, and the most lanes of any nest.
std::int64_t multipliers_of(const std::vector<std::vector<KernelPoint>>& fronts, const Choice& choice);
std::int64_t lanes_of(const std::vector<std::vector<KernelPoint>>& fronts, const Choice& choice);

}  // namespace sluice
