#include "systemgen/choose/part_fronts.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "frontend/loops/legal_cuts.hpp"
#include "systemgen/choose/actor_front.hpp"
#include "systemgen/choose/cheapest_ranges.hpp"

namespace sluice {
namespace {

/// Cycles of a frame: those in which iterations start, and those in which nests come to their end.
struct Cycles {
  std::int64_t busy = 0;
  std::int64_t all = 0;
};

/// As an actor without lanes takes.
Expected<Cycles> cycles_without_lanes(const Kernel& kernel, const ActorOptions& actor, PipelineOptions pipeline) {
  pipeline.passes = {.skip = pipeline.passes.skip};
  pipeline.stats = nullptr;
  const auto built = pipeline_kernel(kernel, actor, pipeline);
  if (!built) return built.errors();
  Cycles cycles{0, interval_of(built->kernel, built->nests)};
  for (std::size_t n = 0; n < built->nests.size(); ++n)
    cycles.busy += token_count(built->kernel) * iteration_count(built->kernel.nests[n]) * built->nests[n].schedule.ii;
  return cycles;
}

/// Whether a firing starts only when the one before it has come to its end.
bool waits(const Kernel& kernel) {
  const auto keeps = [](const Array& array) { return array.role == ArrayRole::scratch; };
  return kernel.nests.size() > 1 || std::ranges::any_of(kernel.arrays, keeps);
}

/// A nest whose interval can't be 1 takes more cycles than iterations, with lanes as without.
Diagnostics correct(std::vector<KernelPoint>& front, const Kernel& kernel, const FrontOptions& options,
                    const ActorOptions& actor, const PipelineOptions& pipeline) {
  if (waits(kernel)) {
    const auto cycles = cycles_without_lanes(kernel, actor, pipeline);
    if (!cycles) return cycles.errors();
    const auto iterations = kernel_point(kernel, no_parallelism(kernel), options).iterations;
    const double each = std::max(1.0, static_cast<double>(cycles->busy) / static_cast<double>(iterations));
    for (auto& point : front)
      point.iterations = std::llround(each * static_cast<double>(point.iterations)) + cycles->all - cycles->busy;
  }
  if (front.front().one_multiplier) {
    const auto cycles = cycles_without_lanes(kernel, with_one_multiplier(actor), pipeline);
    if (!cycles) return cycles.errors();
    front.front().iterations = cycles->all;
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
    const auto& front = fronts.at(range);
    const KernelPoint* part = point_within(front, iterations);
    if (ranges.size() == 1) return *part;
    point.multipliers += part->multipliers;
    point.iterations = std::max(point.iterations, part->iterations);
    point.cost += part->cost;
    point.parts.push_back({range, static_cast<std::size_t>(part - front.data())});
  }
  return point;
}

}  // namespace

Expected<PartFronts> part_fronts(const Kernel& kernel, const std::string& prefix, const ActorOptions& actor,
                                 const PipelineOptions& pipeline,
                                 const std::function<FrontOptions(const Kernel&)>& options_of) {
  PartFronts fronts;
  auto ends = legal_cuts(kernel);
  if (ends.empty()) return fronts;
  ends.insert(ends.begin(), 0);
  ends.push_back(kernel.nests.size());
  for (std::size_t first = 0; first < ends.size(); ++first) {
    for (std::size_t end = first + 1; end < ends.size(); ++end) {
      const NestRange range{ends[first], ends[end]};
      const Kernel part = kernel_part(kernel, range, prefix);
      if (auto errors = verify(part); !errors.empty()) return errors;
      const FrontOptions options = options_of(part);
      auto front = actor_front(part, options);
      if (auto errors = correct(front, part, options, actor, pipeline); !errors.empty()) return errors;
      fronts.emplace(range, std::move(front));
    }
  }
  return fronts;
}

std::vector<KernelPoint> split_front(const Kernel& kernel, const PartFronts& fronts) {
  std::set<std::int64_t, std::greater<>> goals;
  for (const auto& [range, front] : fronts) {
    for (const auto& point : front) goals.insert(point.iterations);
  }
  const auto cuts = legal_cuts(kernel);
  std::vector<KernelPoint> best;
  for (const auto goal : goals) {
    const auto cost_of = [&](const NestRange& range) -> std::optional<RangeCost> {
      const KernelPoint* point = point_within(fronts.at(range), goal);
      if (!point) return std::nullopt;
      return RangeCost{point->multipliers, 1, handed_on_bits(kernel, range), point->cost};
    };
    const auto ranges = cheapest_ranges(kernel, cuts, cost_of);
    if (ranges.empty()) break;
    KernelPoint point = joined(ranges, fronts, goal);
    if (best.empty() || point.iterations < best.back().iterations) best.push_back(std::move(point));
  }
  return best;
}

}  // namespace sluice
