#include "systemgen/choose/cheapest_ranges.hpp"

#include <algorithm>

namespace sluice {

RangeCost& RangeCost::operator+=(const RangeCost& other) {
  multipliers += other.multipliers;
  kernels += other.kernels;
  bits += other.bits;
  cost += other.cost;
  return *this;
}

std::vector<NestRange> cheapest_ranges(const Kernel& kernel, const std::vector<std::size_t>& cuts,
                                       const std::function<std::optional<RangeCost>(const NestRange&)>& cost_of) {
  std::vector<std::size_t> ends{0};
  ends.insert(ends.end(), cuts.begin(), cuts.end());
  ends.push_back(kernel.nests.size());
  struct Best {
    RangeCost cost;
    std::size_t from = 0;  // the end before, as its number
  };
  std::vector<std::optional<Best>> best(ends.size());  // of the nests before each end
  best[0] = Best{{.kernels = 0}, 0};
  for (std::size_t e = 1; e < ends.size(); ++e) {
    for (std::size_t from = 0; from < e; ++from) {
      if (!best[from]) continue;
      auto cost = cost_of({ends[from], ends[e]});
      if (!cost) continue;
      *cost += best[from]->cost;
      if (!best[e] || *cost < best[e]->cost) best[e] = Best{*cost, from};
    }
  }
  std::vector<NestRange> ranges;
  for (std::size_t e = ends.size() - 1; best.back() && e > 0; e = best[e]->from)
    ranges.push_back({ends[best[e]->from], ends[e]});
  std::ranges::reverse(ranges);
  return ranges;
}

}  // namespace sluice
