#include "systemgen/schedule_kernel.hpp"

#include <algorithm>
#include <map>

#include "core/dfg/unit_spec.hpp"
#include "scheduler/clock.hpp"

namespace sluice {
namespace {

Expected<ScheduledNest> schedule_nest(const Kernel& kernel, const Nest& nest, const ActorOptions& options) {
  Dfg dfg = build_dfg(kernel, nest);
  if (auto errors = verify(dfg, nest); !errors.empty()) return errors;
  SchedulingProblem problem = build_problem(kernel, nest, dfg, *options.target, options.resources);
  if (auto errors = verify(problem); !errors.empty()) return errors;
  auto schedule = options.scheduler->schedule(problem, {.pipelined = options.pipelined});
  if (!schedule) return schedule.errors();
  if (auto errors = verify(problem, *schedule); !errors.empty()) return errors;
  return ScheduledNest{std::move(dfg), std::move(problem), std::move(*schedule)};
}

Expected<std::vector<ScheduledNest>> schedule_nests(const Kernel& kernel, const ActorOptions& options) {
  std::vector<ScheduledNest> nests;
  for (const auto& nest : kernel.nests) {
    auto scheduled = schedule_nest(kernel, nest, options);
    if (!scheduled) return scheduled.errors();
    nests.push_back(std::move(*scheduled));
  }
  return nests;
}

struct UnitNeed {
  int least = 0;       ///< so many of one kind keep every nest at its interval, if no slot is lost
  int operations = 0;  ///< of the kind that has most, in all nests
};

/// By unit name.
std::map<std::string, UnitNeed> needed_units(const Kernel& kernel, const std::vector<ScheduledNest>& nests) {
  std::map<std::string, UnitNeed> needs;
  std::map<std::string, int> operations;  // by kind
  for (std::size_t n = 0; n < nests.size(); ++n) {
    std::map<std::string, std::pair<std::string, int>> cycles;  // by kind: unit name, cycles taken
    for (const auto node : nests[n].dfg.nodes()) {
      const Op& op = kernel.nests[n].op(nests[n].dfg[node].op);
      if (realization(kernel.nests[n], op) != Realization::unit) continue;
      const UnitSpec spec = unit_spec(kernel.nests[n], op);
      const std::string kind = to_string(spec);
      auto& [unit, taken] = cycles[kind];
      unit = spec.unit;
      needs[unit].operations = std::max(needs[unit].operations, ++operations[kind]);
      taken += nests[n].problem.class_of(OperationId(node.index())).occupancy;
    }
    const int ii = nests[n].schedule.ii;
    for (const auto& [kind, use] : cycles) {
      auto& least = needs[use.first].least;
      least = std::max(least, (use.second + ii - 1) / ii);
    }
  }
  return needs;
}

}  // namespace

Expected<std::vector<ScheduledNest>> schedule_kernel(const Kernel& kernel, const ActorOptions& options) {
  if (auto errors = check_clock(kernel, *options.target, options.resources); !errors.empty()) return errors;
  auto nests = schedule_nests(kernel, options);
  if (!nests || !options.pipelined) return nests;
  // Slots modulo ii can be too scattered for the least number of units; a few more are still fewer than one each.
  constexpr int kMostSpare = 2;
  const auto needs = needed_units(kernel, *nests);
  const auto can_share = [](const auto& need) { return need.second.operations > need.second.least; };
  if (std::none_of(needs.begin(), needs.end(), can_share)) return nests;
  for (int spare = 0; spare <= kMostSpare; ++spare) {
    ActorOptions shared = options;
    for (const auto& [unit, need] : needs) {
      if (unit_limit(options.resources, unit) == 0) shared.resources.limits[unit] = need.least + spare;
    }
    // A shared unit has a multiplexer before it, which the clock may have no time for.
    if (!check_clock(kernel, *options.target, shared.resources).empty()) continue;
    auto tighter = schedule_nests(kernel, shared);
    if (tighter && cycles_of(kernel, *tighter) <= cycles_of(kernel, *nests)) return tighter;
  }
  return nests;
}

MinimumInterval bounds_of(const Kernel& kernel, const Nest& nest, const ActorOptions& options) {
  return minimum_interval(build_problem(kernel, nest, build_dfg(kernel, nest), *options.target, options.resources));
}

std::int64_t cycles_of(const Kernel& kernel, const std::vector<ScheduledNest>& nests) {
  std::int64_t cycles = 0;
  const std::int64_t tokens = token_count(kernel);
  for (std::size_t n = 0; n < nests.size(); ++n) {
    const auto& schedule = nests[n].schedule;
    const std::int64_t walks = kernel.nests.size() == 1 ? 1 : tokens;  // a nest alone never drains
    cycles += tokens * iteration_count(kernel.nests[n]) * schedule.ii + walks * (schedule.length - schedule.ii);
  }
  return cycles;
}

std::int64_t interval_of(const Kernel& kernel, const std::vector<ScheduledNest>& nests) {
  const auto shares = [](const ScheduledNest& nest) { return nest.schedule.ii > 1; };
  const bool drains = nests.size() > 1 || std::ranges::any_of(nests, shares);
  std::int64_t firing = 0;
  for (std::size_t n = 0; n < nests.size(); ++n) {
    const auto& schedule = nests[n].schedule;
    firing += iteration_count(kernel.nests[n]) * schedule.ii + (drains ? schedule.length - schedule.ii : 0);
  }
  return token_count(kernel) * firing;
}

std::int64_t merged_interval_of(const Kernel& kernel, const std::vector<ScheduledNest>& nests) {
  const std::int64_t interval = interval_of(kernel, nests);
  return nests.size() > 1 ? interval : std::min(interval, cycles_of(kernel, nests));
}

}  // namespace sluice
