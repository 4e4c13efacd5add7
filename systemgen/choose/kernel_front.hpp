#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "frontend/loops/parallelism.hpp"
#include "frontend/loops/split_kernel.hpp"

namespace sluice {

/// Some nests of a kernel as one of its parts.
struct PartPoint {
  NestRange nests;
  std::size_t point = 0;  ///< number in the part's own front
  auto operator<=>(const PartPoint&) const = default;
};

/// One way to build a kernel, as the model of cycles sees it.
struct KernelPoint {
  Parallelism parallelism;
  std::int64_t multipliers = 0;       ///< multiplying operations of one iteration of the nest that has most of them
  std::int64_t iterations = 0;        ///< of a frame: the cycles at an interval of 1, without filling and draining
  double cost = 0;                    ///< what lanes need beside multipliers, in words of registers or multiplexers
  std::int64_t lanes = 1;             ///< of the nest that has most
  std::vector<int> tree_levels = {};  ///< of each nest: of the tree that joins the terms of several lanes
  bool one_multiplier = false;        ///< of each kind, though the nests would like to have more
  std::vector<PartPoint> parts = {};  ///< of a choice for a whole kernel: one, or of those that it is split into
};

struct FrontOptions {
  std::int64_t most_lanes = 256;    ///< products of lanes that are tried
  std::int64_t sums_in_flight = 1;  ///< iterations that a sum takes to come back to its adder
  bool reassociate = true;          ///< terms of a sum may be added in another order
  /// Whether a loop of a nest may have so many lanes; all may if empty. Loop 0 is the innermost token loop.
  std::function<bool(std::size_t nest, std::size_t loop, std::int64_t lanes)> allowed = {};
  /// Iterations of a frame that a nest with so many lanes takes at least, whatever it does; the first are of loop 0.
  /// None if empty.
  std::function<std::int64_t(std::size_t nest, std::span<const std::int64_t> lanes)> least = {};
};

/// The kernel's best points, from the fewest multipliers to the most, and of as many from the fewest lanes to the most:
/// each has fewer iterations than all before it, at the least cost. The first is the kernel without lanes.
std::vector<KernelPoint> kernel_front(const Kernel& kernel, const FrontOptions& options);

/// The point of given factors.
KernelPoint kernel_point(const Kernel& kernel, const Parallelism& parallelism, const FrontOptions& options);

}  // namespace sluice
