#pragma once

#include <cstdint>
#include <vector>

#include "core/kernel/affine.hpp"

namespace sluice {

/// By how much an affine expression changes when loop `level` steps and all loops inside it wrap to 0: one increment for
/// each loop from `first_level` (outermost) on. This is all that an address generator needs to add.
std::vector<std::int64_t> carry_increments(const AffineExpr& expr, const std::vector<std::int64_t>& trips,
                                           std::size_t first_level);

/// Walks the loops `first_level` .. trips.size()-1 of a nest, innermost fastest.
class Odometer {
 public:
  Odometer(std::vector<std::int64_t> trips, std::size_t first_level);

  [[nodiscard]] const std::vector<std::int64_t>& iterators() const { return iterators_; }
  [[nodiscard]] std::vector<std::int64_t>& iterators() { return iterators_; }

  /// Steps; returns the loop that carried, or -1 when the last iteration was passed and all wrapped to 0.
  int step();

 private:
  std::vector<std::int64_t> trips_;
  std::vector<std::int64_t> iterators_;
  std::size_t first_level_;
};

}  // namespace sluice
