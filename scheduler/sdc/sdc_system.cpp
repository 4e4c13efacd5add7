#include "scheduler/sdc/sdc_system.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "scheduler/start_rules.hpp"

namespace sluice {
namespace {

/// Rounds of solving for register bits in which chains may still be found to be too slow. Most problems need a few.
constexpr int kRounds = 30;

}  // namespace

SdcSystem::SdcSystem(const SchedulingProblem& problem, const DependenceLists& lists, int ii,
                     const std::vector<StartConstraint>& more)
    : problem_(problem), lists_(lists), ii_(ii), slow_chains_(problem, lists) {
  for (const auto id : id_range<OperationId>(problem.operations.size()))
    constraints_.push_back({kOrigin, variable(id), 0});
  for (const auto& dependence : problem.dependences) {
    constraints_.push_back({variable(dependence.from), variable(dependence.to),
                            dependence.latency - std::int64_t{ii} * dependence.distance});
  }
  for (const auto& constraint : more) {
    constraints_.push_back({variable(constraint.from), variable(constraint.to), constraint.least});
  }
}

SdcSystem::Starts SdcSystem::soonest() {
  for (;;) {
    const auto solution = least_values(problem_.operations.size() + 1, constraints_);
    circle_ = solution.cycle;
    if (!solution.feasible()) return {};
    auto starts = starts_of(solution);
    if (!forbid_slow_chains(starts)) return starts;
  }
}

SdcSystem::Starts SdcSystem::fewest_register_bits(int length, const Starts& within) {
  bound_length(length);
  const auto costs = count_register_bits();
  for (int round = 0;; ++round) {
    // Many rounds mean that chains can be cut in many ways: those of `within` will do.
    if (round == kRounds) keep_registers(within);
    auto starts = starts_of(least_cost_values(constraints_, costs));
    if (!forbid_slow_chains(starts)) return starts;
  }
}

SdcSystem::Starts SdcSystem::starts_of(const DifferenceSolution& solution) const {
  Starts starts;
  for (std::size_t i = 0; i < problem_.operations.size(); ++i) {
    starts.push_back(solution.values[i + 1] - solution.values[kOrigin]);
  }
  return starts;
}

bool SdcSystem::forbid_slow_chains(const Starts& starts) {
  const auto found = slow_chains_.find(starts, ii_);
  for (const auto& constraint : found) {
    constraints_.push_back({variable(constraint.from), variable(constraint.to), constraint.least});
  }
  return !found.empty();
}

/// What doesn't chain in these starts shall not chain: then every chain is a part of one of theirs.
void SdcSystem::keep_registers(const Starts& starts) {
  for (const auto& dependence : problem_.dependences) {
    const std::int64_t least = dependence.latency - std::int64_t{ii_} * dependence.distance;
    if (!dependence.data || starts[dependence.to.index()] - starts[dependence.from.index()] == least) continue;
    constraints_.push_back({variable(dependence.from), variable(dependence.to), least + 1});
  }
}

void SdcSystem::bound_length(int length) {
  for (const auto id : id_range<OperationId>(problem_.operations.size())) {
    constraints_.push_back({variable(id), kOrigin, cycles_needed(problem_, lists_, id) - std::int64_t{length}});
  }
}

/// Adds a variable for the last use of each value where that isn't its one reader's start; returns the costs of all.
std::vector<std::int64_t> SdcSystem::count_register_bits() {
  std::vector<std::int64_t> costs(problem_.operations.size() + 1, 0);
  for (const auto id : id_range<OperationId>(problem_.operations.size())) {
    const int width = problem_.operations[id.index()].width;
    std::vector<std::uint32_t> uses;
    for (const auto i : lists_.out[id.index()]) {
      if (problem_.dependences[i].data) uses.push_back(i);
    }
    if (width == 0 || uses.empty()) continue;
    const bool held = problem_.class_of(id).held;
    if (!held) costs[variable(id)] -= width;
    if (!held && uses.size() == 1) {
      costs[variable(problem_.dependences[uses.front()].to)] += width;
      continue;
    }
    const std::size_t last_use = costs.size();
    costs.push_back(width);
    if (held) constraints_.push_back({kOrigin, last_use, ii_ - 1});
    for (const auto i : uses) {
      const auto& dependence = problem_.dependences[i];
      constraints_.push_back({variable(dependence.to), last_use, std::int64_t{ii_} * dependence.distance});
    }
  }
  return costs;
}

Diagnostics SdcSystem::circle() const {
  std::vector<std::string> names;
  for (const auto i : circle_) {
    if (constraints_[i].from != kOrigin) names.push_back(problem_.operations[constraints_[i].from - 1].name);
  }
  if (names.empty()) return {};
  names.push_back(names.front());
  return {{problem_.name,
           fmt::format("at ii {} and a period of {} ps, dependences and the registers that their chains need run in a "
                       "circle of more cycles than ii * distance: {}",
                       ii_, problem_.period_ps, fmt::join(names, " -> ")),
           "a larger ii, a larger distance or a longer period"}};
}

}  // namespace sluice
