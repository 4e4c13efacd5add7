#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "frontend/loops/parallelism.hpp"

namespace sluice {

/// How many iterations of one loop are done at once.
struct LoopLanes {
  std::string nest;  ///< empty: a token loop
  std::string loop;
  std::int64_t trip = 1;
  std::int64_t lanes = 1;
  bool operator==(const LoopLanes&) const = default;
};

/// What is parallel in a kernel, in the words of the kernel before it was made so.
struct KernelLanes {
  std::vector<LoopLanes> loops;  ///< that have more than one lane
  std::int64_t iterations = 0;   ///< of a frame, all nests together: where lanes don't divide a trip, rounded up
};

KernelLanes lanes_of(const Kernel& kernel, const Parallelism& parallelism);

/// "oc x4, ic x16", with the nest's name where the kernel has several; empty without lanes.
std::string to_string(const KernelLanes& lanes);

}  // namespace sluice
