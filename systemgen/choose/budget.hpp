#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "systemgen/choose/kernel_front.hpp"

namespace sluice {

/// For each kernel, the number of a point of its front.
using Choice = std::vector<std::size_t>;

/// The choice with the least sum of iterations for every number of multipliers up to `most`: element m - least is for m
/// multipliers, `least` being what the first points need together. Exact (a multiple-choice knapsack; Sinha and
/// Zoltners 1979), by dynamic programming. Kernels without multiplications get what `balance` gives them. Empty if
/// `most` is too few.
class BudgetTable {
 public:
  BudgetTable(const std::vector<std::vector<KernelPoint>>& fronts, std::int64_t most);

  [[nodiscard]] std::int64_t least() const { return least_; }  ///< multipliers that are needed
  [[nodiscard]] std::int64_t most() const { return most_; }
  /// The fastest choice with at most so many multipliers, at least `least`.
  [[nodiscard]] Choice choice(std::int64_t multipliers) const;

 private:
  const std::vector<std::vector<KernelPoint>>& fronts_;
  std::int64_t least_ = 0;
  std::int64_t most_ = 0;
  std::vector<std::size_t> multiplying_;               ///< kernels that have multipliers
  std::vector<std::vector<std::int64_t>> iterations_;  ///< after each of them, by multipliers spent
  std::vector<std::vector<std::size_t>> taken_;
};

/// Sums over a choice.
std::int64_t multipliers_of(const std::vector<std::vector<KernelPoint>>& fronts, const Choice& choice);
std::int64_t iterations_of(const std::vector<std::vector<KernelPoint>>& fronts, const Choice& choice);

}  // namespace sluice
