#include "systemgen/choose/built_choice.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

namespace sluice {
namespace {

/// Choices that are built at most.
constexpr int kMostRounds = 12;

/// Whether a point has the lanes of another one, and maybe more; of kernels in parts that is not asked.
bool covers(const KernelPoint& a, const KernelPoint& b) {
  if (!a.parts.empty() || !b.parts.empty() || a.parallelism.firings < b.parallelism.firings) return false;
  for (std::size_t nest = 0; nest < a.parallelism.lanes.size(); ++nest) {
    if (!std::ranges::equal(a.parallelism.lanes[nest], b.parallelism.lanes[nest], std::ranges::greater_equal()))
      return false;
  }
  return true;
}

class Search {
 public:
  Search(const DesignSpace& space, const SystemPace& pace, const BuildKernel& build)
      : space_(space),
        options_(budget_options(space, pace)),
        order_(pace.order),
        build_(build),
        fronts_(space.fronts()) {
    for (const auto& front : fronts_) known_.emplace_back(front);
  }

  Expected<Choice> run() {
    for (int round = 0; round < kMostRounds; ++round) {
      const Choice choice = BudgetTable(fronts_, space_.most(), options_).choice(space_.most());
      if (!tried_.insert(choice).second) break;
      if (auto errors = try_choice(choice); !errors.empty()) {
        if (best_.empty()) return errors;
        break;
      }
      update();
    }
    return best_;
  }

 private:
  Diagnostics try_choice(const Choice& choice) {
    std::map<std::size_t, BuiltCycles> cycles_of;  // by kernel: of its slowest part
    for (const auto& plan : space_.plans(choice)) {
      const auto built = build_(plan);
      if (!built) return built.errors();
      auto& most = cycles_of[plan.kernel];
      if (built->all() > most.all()) most = *built;
    }
    std::map<std::size_t, std::int64_t> slowest;  // by group
    for (const auto& [k, built] : cycles_of) {
      known_[k].add(choice[k], built);
      auto& most = slowest.try_emplace(options_.groups[k], options_.floor).first->second;
      most = std::max(most, built.all());
    }
    std::int64_t cycles = 0;
    for (const auto& [group, most] : slowest) cycles += most;
    const std::pair cost{cycles, multipliers_of(fronts_, choice)};
    if (cost < least_) {
      least_ = cost;
      best_ = choice;
    }
    return {};
  }

  /// What does not multiply is not worth more lanes where it waits for others anyway.
  void update() {
    for (std::size_t k = 0; k < fronts_.size(); ++k) {
      if (fronts_[k].front().multipliers == 0 && order_ != ActorOrder::dataflow) continue;
      for (std::size_t p = 0; p < fronts_[k].size(); ++p) fronts_[k][p].iterations = known_[k].cycles(p);
    }
  }

  const DesignSpace& space_;
  BudgetOptions options_;
  ActorOrder order_;
  const BuildKernel& build_;
  std::vector<std::vector<KernelPoint>> fronts_;  ///< with what is known of their cycles
  std::vector<PointCycles> known_;                ///< by kernel
  std::set<Choice> tried_;
  Choice best_;
  std::pair<std::int64_t, std::int64_t> least_{std::numeric_limits<std::int64_t>::max(), 0};  ///< cycles, multipliers
};

}  // namespace

BuiltCycles built_cycles(const ScheduledKernel& built, ActorOrder order) {
  BuiltCycles cycles;
  for (std::size_t n = 0; n < built.nests.size(); ++n)
    cycles.iterations +=
        token_count(built.kernel) * iteration_count(built.kernel.nests[n]) * built.nests[n].schedule.ii;
  if (order != ActorOrder::dataflow || built.nests.size() > 1)
    cycles.drain = cycles_of(built.kernel, built.nests) - cycles.iterations;
  return cycles;
}

std::int64_t PointCycles::cycles(std::size_t point) const {
  if (const auto found = known_.find(point); found != known_.end()) return found->second.all();
  double slowdown = 1;
  std::int64_t drain = 0;
  for (const auto& [other, built] : known_) {
    if (!covers(front_[point], front_[other])) continue;
    slowdown =
        std::max(slowdown, static_cast<double>(built.iterations) / static_cast<double>(front_[other].iterations));
    drain = std::max(drain, built.drain);
  }
  return std::llround(static_cast<double>(front_[point].iterations) * slowdown) + drain;
}

Expected<std::vector<ScheduledKernel>> build_fastest(const DesignSpace& space, const SystemPace& pace) {
  std::vector<std::pair<KernelPlan, ScheduledKernel>> built;
  const auto find = [&](const KernelPlan& plan) {
    return std::ranges::find(built, plan, &std::pair<KernelPlan, ScheduledKernel>::first);
  };
  const BuildKernel build = [&](const KernelPlan& plan) -> Expected<BuiltCycles> {
    if (const auto known = find(plan); known != built.end()) return built_cycles(known->second, pace.order);
    auto scheduled = space.build(plan);
    if (!scheduled) return scheduled.errors();
    built.emplace_back(plan, std::move(*scheduled));
    return built_cycles(built.back().second, pace.order);
  };
  const auto choice = fastest_built(space, pace, build);
  if (!choice) return choice.errors();
  const auto plans = space.plans(*choice);
  if (auto errors = space.check_parts(plans); !errors.empty()) return errors;
  std::vector<ScheduledKernel> kernels;
  for (const auto& plan : plans) kernels.push_back(std::move(find(plan)->second));
  return kernels;
}

Expected<Choice> fastest_built(const DesignSpace& space, const SystemPace& pace, const BuildKernel& build) {
  return Search(space, pace, build).run();
}

}  // namespace sluice
