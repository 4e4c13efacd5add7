#include "systemgen/choose/built_choice.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace sluice {
namespace {

/// Choices that are built at most.
constexpr int kMostRounds = 12;

class Search {
 public:
  Search(const DesignSpace& space, const SystemPace& pace, const BuildKernel& build)
      : space_(space),
        options_(budget_options(space, pace)),
        order_(pace.order),
        build_(build),
        parts_(space.parts()),
        fronts_(space.fronts()) {}

  Expected<DesignPlan> run() {
    for (int round = 0; round < kMostRounds; ++round) {
      const Choice choice = BudgetTable(fronts_, space_.most(), options_).choice(space_.most());
      std::vector<KernelPoint> points;
      std::vector<std::vector<PartPoint>> parts;
      for (std::size_t k = 0; k < choice.size(); ++k) {
        points.push_back(fronts_[k][choice[k]]);
        parts.push_back(points.back().parts);
      }
      if (!tried_.insert(std::move(parts)).second) break;
      if (auto errors = try_points(points); !errors.empty()) {
        if (!best_) return errors;
        break;
      }
      update();
    }
    return std::move(*best_);
  }

 private:
  Diagnostics try_points(const std::vector<KernelPoint>& points) {
    auto plans = space_.plans(points);
    auto plan = plans.begin();
    std::map<std::size_t, std::int64_t> slowest;  // by group
    DesignCost cost;
    for (std::size_t k = 0; k < points.size(); ++k) {
      auto& most = slowest.try_emplace(options_.groups[k], options_.floor).first->second;
      for (const auto& part : points[k].parts) {
        const auto built = build_(*plan++);
        if (!built) return built.errors();
        parts_[k].at(part.nests).add(part.point, *built);
        most = std::max(most, built->all());
      }
      cost.multipliers += points[k].multipliers;
      cost.others += points[k].cost;
    }
    for (const auto& [group, most] : slowest) cost.cycles += most;
    if (!best_ || cost < best_->cost) best_ = DesignPlan{std::move(plans), cost};
    return {};
  }

  /// What does not multiply is not worth more lanes where it waits for others anyway.
  void update() {
    for (std::size_t k = 0; k < fronts_.size(); ++k) {
      if (fronts_[k].front().multipliers == 0 && order_ != ActorOrder::dataflow) continue;
      fronts_[k] = split_front(space_.kernels()[k], parts_[k]);
    }
  }

  const DesignSpace& space_;
  BudgetOptions options_;
  ActorOrder order_;
  const BuildKernel& build_;
  std::vector<PartFronts> parts_;                 ///< by kernel, with what is known of their cycles
  std::vector<std::vector<KernelPoint>> fronts_;  ///< of whole kernels, from those
  std::set<std::vector<std::vector<PartPoint>>> tried_;
  std::optional<DesignPlan> best_;
};

}  // namespace

bool is_clearly_faster(const DesignCost& a, const DesignCost& b) { return 100 * a.cycles < 99 * b.cycles; }

Expected<BuiltDesign> build_fastest(const DesignSpace& space, const SystemPace& pace) {
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
  const auto design = fastest_built(space, pace, build);
  if (!design) return design.errors();
  if (auto errors = space.check_parts(design->kernels); !errors.empty()) return errors;
  BuiltDesign result{{}, design->cost};
  for (const auto& plan : design->kernels) result.kernels.push_back(std::move(find(plan)->second));
  return result;
}

Expected<DesignPlan> fastest_built(const DesignSpace& space, const SystemPace& pace, const BuildKernel& build) {
  return Search(space, pace, build).run();
}

}  // namespace sluice
