#include "systemgen/choose/design_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "systemgen/choose/built_choice.hpp"
#include "systemgen/describe.hpp"

namespace sluice {

/// One way to build a kernel, as far as it was built.
struct DesignBuilder::Entry {
  KernelPlan plan;
  ScheduledKernel scheduled;  ///< the nests move to `actor`
  BuiltCycles cycles;
  std::optional<BuiltActor> actor;  ///< of a dataflow system, `compose` generates the Verilog anew for its buffers
};

DesignBuilder::DesignBuilder(const TensorGraph& graph, std::vector<Kernel> kernels, const ActorOptions& actor,
                             PipelineOptions pipeline, SystemOptions system)
    : graph_(graph),
      kernels_(std::move(kernels)),
      actor_(actor),
      pipeline_(std::move(pipeline)),
      system_(std::move(system)),
      entries_(kernels_.size()) {}

DesignBuilder::~DesignBuilder() = default;

Expected<std::vector<std::int64_t>> DesignBuilder::budgets(std::int64_t most, int count) const {
  const auto space = DesignSpace::explore(kernels_, actor_, pipeline_, most, system_.pace());
  if (!space) return space.errors();
  const BudgetTable table = budget_table(*space, system_.pace());
  if (table.least() > most) return too_few_multipliers(most, table.least());
  const auto least = static_cast<double>(std::max<std::int64_t>(table.least(), 1));
  const double ratio = static_cast<double>(std::max<std::int64_t>(table.most(), 1)) / least;
  std::vector<std::int64_t> budgets;
  for (int i = 0; i < count; ++i) {
    const double part = count == 1 ? 1 : static_cast<double>(i) / (count - 1);
    const auto wanted = std::max<std::int64_t>(std::llround(least * std::pow(ratio, part)),
                                               budgets.empty() ? table.least() : budgets.back() + 1);
    if (wanted > std::max<std::int64_t>(table.most(), 1)) break;
    // Of those with the same kernels, the number that they need.
    const auto needed = std::max<std::int64_t>(multipliers_of(space->fronts(), table.choice(wanted)), 1);
    if (budgets.empty() || needed > budgets.back()) budgets.push_back(needed);
  }
  return budgets;
}

Expected<std::vector<DesignBuilder::Candidate>> DesignBuilder::candidates(std::int64_t most) const {
  const auto space = DesignSpace::explore(kernels_, actor_, pipeline_, most, system_.pace());
  if (!space) return space.errors();
  const BudgetTable table = budget_table(*space, system_.pace());
  if (table.least() > most) return too_few_multipliers(most, table.least());
  if (table.most() == 0) return candidates_by_lanes(most);
  std::vector<Candidate> candidates;
  Choice before;
  for (auto multipliers = std::max<std::int64_t>(table.least(), 1);
       multipliers <= std::max<std::int64_t>(table.most(), 1); ++multipliers) {
    Choice choice = table.choice(multipliers);
    if (!candidates.empty() && choice == before) continue;
    candidates.push_back({multipliers, table.iterations(choice)});
    before = std::move(choice);
  }
  return candidates;
}

Expected<std::vector<DesignBuilder::Candidate>> DesignBuilder::candidates_by_lanes(std::int64_t most) const {
  std::vector<Candidate> candidates;
  for (std::int64_t lanes = 1; lanes <= most; lanes *= 2) {
    const auto space = DesignSpace::explore(kernels_, actor_, pipeline_, lanes, system_.pace());
    if (!space) return space.errors();
    const BudgetTable table = budget_table(*space, system_.pace());
    const std::int64_t iterations = table.iterations(table.choice(lanes));
    if (candidates.empty() || iterations < candidates.back().iterations) candidates.push_back({lanes, iterations});
  }
  return candidates;
}

Expected<DesignBuilder::Entry*> DesignBuilder::entry(const DesignSpace& space, const KernelPlan& plan) {
  auto& entries = entries_[plan.kernel];
  for (const auto& known : entries) {
    if (known->plan == plan) return known.get();
  }
  auto scheduled = space.build(plan);
  if (!scheduled) return scheduled.errors();
  const BuiltCycles cycles = built_cycles(*scheduled, system_.order);
  entries.push_back(std::make_unique<Entry>(Entry{plan, std::move(*scheduled), cycles, {}}));
  return entries.back().get();
}

Expected<Report> DesignBuilder::build(std::int64_t multipliers, Progress& progress) {
  const auto space = DesignSpace::explore(kernels_, actor_, pipeline_, multipliers, system_.pace());
  if (!space) return space.errors();
  const BudgetTable table = budget_table(*space, system_.pace());
  if (table.least() > multipliers) return too_few_multipliers(multipliers, table.least());
  const auto choice = fastest_built(*space, system_.pace(), [&](const KernelPlan& plan) -> Expected<BuiltCycles> {
    progress.stage(fmt::format("{} multipliers: {}", multipliers, kernels_[plan.kernel].name));
    const auto found = entry(*space, plan);
    if (!found) return found.errors();
    return (*found)->cycles;
  });
  if (!choice) return choice.errors();
  const auto plans = space->plans(*choice);
  std::vector<Entry*> entries;
  std::vector<ScheduledKernel> kernels;
  for (const auto& plan : plans) {
    auto found = entry(*space, plan);
    if (!found) return found.errors();
    entries.push_back(*found);
    kernels.push_back({(*found)->scheduled.kernel, {}, {}});
  }
  Dumper silent;
  auto lowered = compose_network(graph_, std::move(kernels), silent);
  if (!lowered) return lowered.errors();
  std::vector<BuiltActor> actors;
  ActorSeconds seconds;
  for (std::size_t i = 0; i < lowered->numbers.size(); ++i) {
    Entry& each = *entries[lowered->numbers[i]];
    if (!each.actor) {
      const auto& node = lowered->network[lowered->network.actors[i]];
      auto built = build_actor(node.kernel, std::move(each.scheduled.nests), actor_, seconds);
      if (!built) return built.errors();
      built->lanes = each.scheduled.lanes;
      each.actor = std::move(*built);
    }
    actors.push_back(*each.actor);
  }
  const auto design = compose(std::move(lowered->network), actors,
                              {system_.top, system_.order, BufferGoal::throughput, system_.stream_bits}, seconds);
  if (!design) return design.errors();
  Report report;
  describe(report, *design, actors, {}, *actor_.target, system_.order, system_.device);
  return report;
}

}  // namespace sluice
