#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace sluice {

/// That `left` may be assigned to `right`, at a cost of at least 0.
struct AssignmentOption {
  std::size_t left = 0;
  std::size_t right = 0;
  std::int64_t cost = 0;
};

/// For each of `left_count` nodes its partner of `right_count`: no two share one, as many as possible have one, and
/// among those assignments one of least cost. A minimum-cost flow (network simplex; Dantzig 1951, Orlin 1997).
std::vector<std::optional<std::size_t>> min_cost_assignment(std::size_t left_count, std::size_t right_count,
                                                            const std::vector<AssignmentOption>& options);

}  // namespace sluice
