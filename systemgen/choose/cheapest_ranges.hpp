#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "frontend/loops/split_kernel.hpp"

namespace sluice {

/// What some nests cost as a kernel of their own; what stands first counts most.
struct RangeCost {
  std::int64_t multipliers = 0;
  std::int64_t kernels = 1;
  std::int64_t bits = 0;  ///< handed on in one firing
  double cost = 0;        ///< of lanes, see KernelPoint

  RangeCost& operator+=(const RangeCost& other);
  auto operator<=>(const RangeCost&) const = default;
};

/// The kernel's nests in the ranges between some of the cuts that together cost least. `cost_of` may rule ranges out;
/// empty if none are left that have all nests.
std::vector<NestRange> cheapest_ranges(const Kernel& kernel, const std::vector<std::size_t>& cuts,
                                       const std::function<std::optional<RangeCost>(const NestRange&)>& cost_of);

}  // namespace sluice
