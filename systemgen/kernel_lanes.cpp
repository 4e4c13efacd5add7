#include "systemgen/kernel_lanes.hpp"

#include <fmt/format.h>

#include <set>

#include "core/arith/floor_div.hpp"

namespace sluice {

KernelLanes lanes_of(const Kernel& kernel, const Parallelism& parallelism) {
  KernelLanes lanes;
  std::int64_t firings = token_count(kernel);
  if (parallelism.firings > 1) {
    const Loop& loop = kernel.token_loops.back();
    lanes.loops.push_back({"", loop.name, loop.trip, parallelism.firings});
    firings /= parallelism.firings;
  }
  for (std::size_t n = 0; n < kernel.nests.size(); ++n) {
    const Nest& nest = kernel.nests[n];
    std::int64_t iterations = firings;
    for (std::size_t i = 0; i < nest.loops.size(); ++i) {
      const auto& [name, trip] = nest.loops[i];
      const std::int64_t left = ceil_div(trip, parallelism.lanes[n][i]);
      iterations *= left;
      if (left < trip) lanes.loops.push_back({nest.name, name, trip, ceil_div(trip, left)});
    }
    lanes.iterations += iterations;
  }
  return lanes;
}

std::string to_string(const KernelLanes& lanes) {
  std::set<std::string> nests;
  for (const auto& each : lanes.loops) {
    if (!each.nest.empty()) nests.insert(each.nest);
  }
  std::string text;
  for (const auto& each : lanes.loops) {
    const std::string nest = nests.size() > 1 && !each.nest.empty() ? each.nest + "." : "";
    text += fmt::format("{}{}{} x{}", text.empty() ? "" : ", ", nest, each.loop, each.lanes);
  }
  return text;
}

}  // namespace sluice
