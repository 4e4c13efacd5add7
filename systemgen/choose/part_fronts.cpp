#include "systemgen/choose/part_fronts.hpp"

#include <algorithm>
#include <set>

#include "systemgen/choose/actor_front.hpp"
#include "systemgen/choose/cheapest_ranges.hpp"

namespace sluice {
namespace {

/// Nests of one kernel wait for each other in every firing, those of several don't: that does not show in iterations.
Diagnostics build_without_lanes(KnownFront& front, const Kernel& kernel, const BuildPlain& build) {
  for (std::size_t p = 0; p < front.points().size(); ++p) {
    const KernelPoint& point = front.points()[p];
    if (point.lanes > 1) continue;
    const auto built = build(kernel, point.one_multiplier);
    if (!built) return built.errors();
    front.add(p, *built);
  }
  return {};
}

/// The first point with at most so many iterations.
const KernelPoint* point_within(const std::vector<KernelPoint>& front, std::int64_t iterations) {
  const auto found = std::ranges::find_if(front, [&](const KernelPoint& p) { return p.iterations <= iterations; });
  return found == front.end() ? nullptr : &*found;
}

KernelPoint joined(const std::vector<NestRange>& ranges, const PartFronts& fronts, std::int64_t iterations) {
  KernelPoint point;
  for (const auto& range : ranges) {
    const auto& front = fronts.at(range).points();
    const KernelPoint* part = point_within(front, iterations);
    if (ranges.size() == 1) point = *part;
    if (ranges.size() > 1) {
      point.multipliers += part->multipliers;
      point.iterations = std::max(point.iterations, part->iterations);
      point.cost += part->cost;
      point.lanes = std::max(point.lanes, part->lanes);
    }
    point.parts.push_back({range, static_cast<std::size_t>(part - front.data())});
  }
  return point;
}

}  // namespace

Expected<PartFronts> part_fronts(const Kernel& kernel, const std::vector<std::size_t>& cuts, const std::string& prefix,
                                 const std::function<FrontOptions(const Kernel&)>& options_of,
                                 const BuildPlain& build) {
  PartFronts fronts;
  for (const auto& range : all_ranges(kernel, cuts)) {
    const Kernel part = kernel_part(kernel, range, prefix);
    if (auto errors = verify(part); !errors.empty()) return errors;
    KnownFront front(actor_front(part, options_of(part)));
    if (build && kernel.nests.size() > 1) {
      if (auto errors = build_without_lanes(front, part, build); !errors.empty()) return errors;
    }
    fronts.emplace(range, std::move(front));
  }
  return fronts;
}

std::vector<KernelPoint> split_front(const Kernel& kernel, const PartFronts& fronts) {
  std::set<std::int64_t, std::greater<>> goals;
  std::set<std::size_t> cuts;
  std::map<NestRange, std::int64_t> bits;
  for (const auto& [range, front] : fronts) {
    for (const auto& point : front.points()) goals.insert(point.iterations);
    if (range.first > 0) cuts.insert(range.first);
    bits[range] = handed_on_bits(kernel, range);
  }
  std::vector<KernelPoint> best;
  for (const auto goal : goals) {
    const auto cost_of = [&](const NestRange& range) -> std::optional<RangeCost> {
      const KernelPoint* point = point_within(fronts.at(range).points(), goal);
      if (!point) return std::nullopt;
      return RangeCost{point->multipliers, 1, bits.at(range), point->cost};
    };
    const auto ranges = cheapest_ranges(kernel, {cuts.begin(), cuts.end()}, cost_of);
    if (ranges.empty()) break;
    KernelPoint point = joined(ranges, fronts, goal);
    if (best.empty() || point.iterations < best.back().iterations) best.push_back(std::move(point));
  }
  return best;
}

}  // namespace sluice
