#include "systemgen/choose/design_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>

#include "systemgen/choose/built_choice.hpp"
#include "systemgen/describe.hpp"

namespace sluice {

/// One way to build a kernel, as far as it was built.
struct DesignBuilder::Entry {
  KernelPlan plan;
  std::int64_t firings = 1;   ///< of the kernel, which may be streamed in some designs
  ScheduledKernel scheduled;  ///< the nests move to `actor`
  BuiltCycles cycles;
  std::optional<BuiltActor> actor;  ///< of a dataflow system, `compose` generates the Verilog anew for its buffers
};

DesignBuilder::DesignBuilder(const TensorGraph& graph, StreamableKernels kernels, const ActorOptions& actor,
                             PipelineOptions pipeline, SystemOptions system)
    : graph_(graph),
      kernels_(std::move(kernels)),
      actor_(actor),
      pipeline_(std::move(pipeline)),
      system_(std::move(system)),
      entries_(kernels_.whole().size()) {}

DesignBuilder::~DesignBuilder() = default;

Expected<std::vector<std::int64_t>> DesignBuilder::budgets(std::int64_t most, int count) const {
  const auto candidates = this->candidates(most);
  if (!candidates) return candidates.errors();
  const auto least = static_cast<double>(candidates->front().multipliers);
  const double ratio = static_cast<double>(candidates->back().multipliers) / least;
  std::vector<std::int64_t> budgets;
  for (int i = 0; i < count; ++i) {
    const double part = count == 1 ? 1 : static_cast<double>(i) / (count - 1);
    const auto wanted =
        std::max<std::int64_t>(std::llround(least * std::pow(ratio, part)), budgets.empty() ? 0 : budgets.back() + 1);
    const auto behind = std::ranges::upper_bound(*candidates, wanted, {}, &Candidate::multipliers);
    const std::int64_t nearest = std::prev(behind)->multipliers;
    if (budgets.empty() || nearest > budgets.back()) budgets.push_back(nearest);
  }
  return budgets;
}

Expected<std::vector<DesignBuilder::Candidate>> DesignBuilder::candidates(std::int64_t most) const {
  std::map<std::int64_t, std::int64_t> fewest;  // iterations, by number of multipliers
  // A design has no more lanes than multipliers, even where those need none: such limits that double are near enough.
  for (std::int64_t limit = 1, done = 0; done < most; done = limit, limit = std::min(2 * limit, most)) {
    const auto space = DesignSpace::explore(kernels_.forms(limit).front(), actor_, pipeline_, limit, system_.pace());
    if (!space) return space.errors();
    const BudgetTable table = budget_table(*space, system_.pace());
    if (table.least() > most) return too_few_multipliers(most, table.least());
    if (table.least() > limit) continue;
    const auto add = [&](std::int64_t number, const Choice& choice) {
      if (number <= done) return;
      auto& iterations = fewest.try_emplace(number, table.iterations(choice)).first->second;
      iterations = std::min(iterations, table.iterations(choice));
    };
    for (std::int64_t number = std::max(table.least(), done + 1); number <= table.most(); ++number) {
      const Choice choice = table.choice(number);
      add(multipliers_of(space->fronts(), choice), choice);
    }
    const Choice fastest = table.choice(table.most());
    add(std::max(multipliers_of(space->fronts(), fastest), lanes_of(space->fronts(), fastest)), fastest);
  }
  std::vector<Candidate> candidates;
  for (const auto& [multipliers, iterations] : fewest) {
    if (candidates.empty() || iterations < candidates.back().iterations)
      candidates.push_back({multipliers, iterations});
  }
  return candidates;
}

Expected<DesignBuilder::Entry*> DesignBuilder::entry(const DesignSpace& space, const KernelPlan& plan) {
  auto& entries = entries_[plan.kernel];
  const std::int64_t firings = token_count(space.kernels()[plan.kernel]);
  for (const auto& known : entries) {
    if (known->plan == plan && known->firings == firings) return known.get();
  }
  auto scheduled = space.build(plan);
  if (!scheduled) return scheduled.errors();
  const BuiltCycles cycles = built_cycles(*scheduled, system_.order);
  entries.push_back(std::make_unique<Entry>(Entry{plan, firings, std::move(*scheduled), cycles, {}}));
  return entries.back().get();
}

Expected<std::vector<DesignBuilder::Entry*>> DesignBuilder::fastest_entries(std::int64_t multipliers,
                                                                            Progress& progress) {
  std::vector<Entry*> fastest;
  std::optional<DesignCost> least;
  for (auto& form : kernels_.forms(multipliers)) {
    const auto space = DesignSpace::explore(std::move(form), actor_, pipeline_, multipliers, system_.pace());
    if (!space) return space.errors();
    const BudgetTable table = budget_table(*space, system_.pace());
    if (table.least() > multipliers) return too_few_multipliers(multipliers, table.least());
    const auto design = fastest_built(*space, system_.pace(), [&](const KernelPlan& plan) -> Expected<BuiltCycles> {
      progress.stage(fmt::format("{} multipliers: {}", multipliers, space->kernels()[plan.kernel].name));
      const auto found = entry(*space, plan);
      if (!found) return found.errors();
      return (*found)->cycles;
    });
    if (!design) return design.errors();
    if (least && !is_clearly_faster(design->cost, *least)) continue;
    least = design->cost;
    fastest.clear();
    for (const auto& plan : design->kernels) fastest.push_back(entry(*space, plan).value());
  }
  return fastest;
}

Expected<Report> DesignBuilder::build(std::int64_t multipliers, Progress& progress) {
  const auto fastest = fastest_entries(multipliers, progress);
  if (!fastest) return fastest.errors();
  const std::vector<Entry*>& entries = *fastest;
  std::vector<ScheduledKernel> kernels;
  for (const auto* each : entries) kernels.push_back({each->scheduled.kernel, {}, {}});
  Dumper silent;
  auto lowered = compose_network(graph_, std::move(kernels), system_.orders, silent);
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
