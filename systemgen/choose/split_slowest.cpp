#include "systemgen/choose/split_slowest.hpp"

#include <algorithm>
#include <map>

#include "frontend/loops/legal_cuts.hpp"
#include "frontend/loops/part_prefixes.hpp"
#include "systemgen/choose/cheapest_ranges.hpp"

namespace sluice {
namespace {

std::int64_t interval_of(const ScheduledKernel& scheduled) {
  return merged_interval_of(scheduled.kernel, scheduled.nests);
}

/// One kernel and the parts that were looked at.
class Splitter {
 public:
  Splitter(const Kernel& kernel, std::string prefix, ScheduledKernel whole)
      : kernel_(kernel), prefix_(std::move(prefix)), cuts_(legal_cuts(kernel)) {
    parts_.emplace(all(), std::move(whole));
  }

  [[nodiscard]] bool can_split() const { return !cuts_.empty(); }
  [[nodiscard]] std::int64_t whole_interval() const { return interval_of(parts_.at(all())); }

  /// Adds parts; those that are there stay.
  template <typename Schedule>
  Diagnostics add(const std::vector<NestRange>& ranges, const Schedule& schedule) {
    for (const auto& range : ranges) {
      if (parts_.contains(range)) continue;
      const Kernel part = kernel_part(kernel_, range, prefix_);
      if (auto errors = verify(part); !errors.empty()) return errors;
      auto scheduled = schedule(part);
      if (!scheduled) return scheduled.errors();
      parts_.emplace(range, std::move(*scheduled));
    }
    return {};
  }

  /// Of the slowest of as many parts as there can be, which must be there.
  [[nodiscard]] std::int64_t least_interval() const {
    std::int64_t slowest = 0;
    for (const auto& range : finest()) slowest = std::max(slowest, interval_of(parts_.at(range)));
    return std::min(slowest, whole_interval());
  }

  [[nodiscard]] std::vector<NestRange> finest() const { return ranges_between(kernel_, cuts_); }
  [[nodiscard]] std::vector<NestRange> every() const { return all_ranges(kernel_, cuts_); }

  /// The fewest parts that keep the interval.
  Diagnostics take(std::int64_t interval, const LoopPassOptions& passes, std::vector<ScheduledKernel>& into) {
    const auto ranges = cheapest_ranges(kernel_, cuts_, [&](const NestRange& range) -> std::optional<RangeCost> {
      const auto part = parts_.find(range);
      if (part == parts_.end() || interval_of(part->second) > interval) return std::nullopt;
      return RangeCost{.bits = handed_on_bits(kernel_, range)};
    });
    std::vector<Kernel> parts;
    for (const auto& range : ranges) {
      parts.push_back(kernel_part(kernel_, range, prefix_));
      into.push_back(std::move(parts_.at(range)));
    }
    return parts.size() > 1 ? check_parts(kernel_, parts, passes) : Diagnostics();
  }

 private:
  [[nodiscard]] NestRange all() const { return {0, kernel_.nests.size()}; }

  const Kernel& kernel_;
  std::string prefix_;
  std::vector<std::size_t> cuts_;
  std::map<NestRange, ScheduledKernel> parts_;
};

}  // namespace

Expected<std::vector<ScheduledKernel>> split_slowest(
    const std::vector<Kernel>& kernels, std::vector<ScheduledKernel> scheduled, std::int64_t streams,
    const std::function<Expected<ScheduledKernel>(const Kernel&)>& schedule, const LoopPassOptions& passes) {
  if (passes.skip.contains("split-kernels")) return scheduled;
  const auto prefixes = part_prefixes(kernels);
  std::vector<Splitter> splitters;
  std::int64_t interval = streams;  // of the system; at first, of what can't be split
  for (std::size_t k = 0; k < kernels.size(); ++k) {
    splitters.emplace_back(kernels[k], prefixes[k], std::move(scheduled[k]));
    if (!splitters[k].can_split()) interval = std::max(interval, splitters[k].whole_interval());
  }
  const auto is_slow = [&](const Splitter& splitter) { return splitter.whole_interval() > interval; };
  std::vector<Splitter*> slow;
  for (auto& splitter : splitters) {
    if (splitter.can_split() && is_slow(splitter)) slow.push_back(&splitter);
  }
  for (auto* splitter : slow) {
    if (auto errors = splitter->add(splitter->finest(), schedule); !errors.empty()) return errors;
  }
  for (const auto* splitter : slow) interval = std::max(interval, splitter->least_interval());
  std::vector<ScheduledKernel> result;
  for (auto& splitter : splitters) {
    if (is_slow(splitter)) {
      if (auto errors = splitter.add(splitter.every(), schedule); !errors.empty()) return errors;
    }
    if (auto errors = splitter.take(interval, passes, result); !errors.empty()) return errors;
  }
  return result;
}

}  // namespace sluice
