#include "systemgen/choose/pipeline_kernel.hpp"

#include <algorithm>
#include <vector>

#include "frontend/loops/accumulation.hpp"
#include "frontend/loops/coarsen_tokens.hpp"
#include "frontend/loops/partition.hpp"
#include "frontend/loops/reuse_loads.hpp"
#include "frontend/loops/rotation.hpp"
#include "scheduler/register_bits.hpp"
#include "systemgen/choose/rebalance_nests.hpp"

namespace sluice {
namespace {

/// A recurrence may need some cycles more than its latencies say, where a chain of them does not fit into the period.
constexpr std::int64_t kMostExtra = 2;

/// A kernel before its arrays are split, and as it is built.
struct Candidate {
  Kernel whole;
  ScheduledKernel built;
  std::vector<std::int64_t> running_steps;  ///< of each nest; see `rebalance_nests`

  [[nodiscard]] std::int64_t cycles() const { return cycles_of(built.kernel, built.nests); }
  [[nodiscard]] int interval(std::size_t nest) const { return built.nests[nest].schedule.ii; }
};

Diagnostics run_pass(const ChosenPass& pass, Kernel& kernel, const PipelineOptions& options) {
  return run_chosen_pass(pass, kernel, options.passes, options.stats);
}

std::size_t partition_all(Kernel& kernel, const ArrayBankings& bankings) {
  const std::size_t arrays = kernel.arrays.size();
  for (const auto& [array, banking] : bankings) partition(kernel, array, banking);
  return kernel.arrays.size() - arrays;
}

/// The passes that lanes and ports ask for.
Diagnostics shape_memories(Kernel& kernel, const PipelineOptions& options) {
  const auto& bankings = options.bankings;
  const ChosenPass passes[] = {
      {"partition", [&](Kernel& k) { return partition_all(k, bankings); }},
      {"join-loads", join_exclusive_loads},
      {"separate-lookups", separate_lookups},
  };
  for (const auto& pass : passes) {
    if (auto errors = run_pass(pass, kernel, options); !errors.empty()) return errors;
  }
  if (bankings.empty()) return {};
  return run_loop_passes(kernel, options.passes, options.stats);
}

Expected<Candidate> candidate(Kernel whole, const ActorOptions& actor, const PipelineOptions& options,
                              std::vector<std::int64_t> running_steps) {
  Kernel kernel = whole;
  if (auto errors = shape_memories(kernel, options); !errors.empty()) return errors;
  const ChosenPass balance{"rebalance",
                           [&](Kernel& k) { return rebalance_nests(k, actor, options.reassociate, running_steps); },
                           options.reassociate};
  if (auto errors = run_pass(balance, kernel, options); !errors.empty()) return errors;
  auto nests = schedule_kernel(kernel, actor);
  if (!nests) return nests.errors();
  return Candidate{std::move(whole), {std::move(kernel), std::move(*nests), {}}, std::move(running_steps)};
}

/// Results that one firing of the nest has outside its reductions.
std::int64_t results_of(const Kernel& kernel, std::size_t nest) {
  const auto found = find_accumulations(kernel, kernel.nests[nest]);
  std::int64_t results = 1;
  for (std::size_t i = 0; found && i < found->first_loop; ++i) results *= kernel.nests[nest].loops[i].trip;
  return results;
}

/// The kernel with one nest rotated by at least `distance`; none if that is impossible.
Expected<std::optional<Kernel>> rotated(Kernel kernel, std::size_t nest, std::int64_t distance,
                                        const PipelineOptions& options) {
  if (!find_accumulations(kernel, kernel.nests[nest])) return std::optional<Kernel>();
  const std::int64_t factor = coarsening_for(kernel, results_of(kernel, nest), distance);
  const auto coarsen = [&](Kernel& k) {
    coarsen_tokens(k, factor);
    return std::size_t{1};
  };
  if (factor > 1) {
    if (auto errors = run_pass({"coarsen-tokens", coarsen}, kernel, options); !errors.empty()) return errors;
  }
  bool is_rotated = false;
  const auto rotate = [&](Kernel& k) {
    is_rotated = rotate_accumulations(k, nest, {distance, options.reassociate}).has_value();
    return std::size_t{is_rotated ? 1U : 0U};
  };
  if (auto errors = run_pass({"rotate-accumulations", rotate, options.reassociate}, kernel, options); !errors.empty())
    return errors;
  return is_rotated ? std::optional(std::move(kernel)) : std::optional<Kernel>();
}

/// Where lanes' terms are joined by a tree before they are added to a running sum, twice as many sums in flight let the
/// sum itself enter the tree, one level below its root. That pays where the tree has one level less then.
Diagnostics shorten_tree(Candidate& best, const Kernel& before, std::size_t nest, std::int64_t distance,
                         const ActorOptions& actor, const PipelineOptions& options) {
  auto steps = best.running_steps;
  steps[nest] = 2;
  Kernel probe = best.built.kernel;
  if (rebalance_nests(probe, actor, options.reassociate, steps) == 0) return {};
  auto changed = rotated(before, nest, 2 * distance, options);
  if (!changed) return changed.errors();
  if (!*changed) return {};
  auto next = candidate(std::move(**changed), actor, options, std::move(steps));
  if (next && next->cycles() < best.cycles()) best = std::move(*next);
  return {};
}

/// Bits of registers in the pipelines, on average, and of the choices between values.
std::int64_t bits_of(const ScheduledKernel& built) {
  std::int64_t bits = 0;
  for (std::size_t n = 0; n < built.nests.size(); ++n) {
    const auto& [dfg, problem, schedule] = built.nests[n];
    bits += register_bit_cycles(problem, schedule) / schedule.ii;
    for (const auto& op : built.kernel.nests[n].body) bits += op.code == Opcode::select ? op.type.width() : 0;
  }
  return bits;
}

/// By how much fewer bits have to be to pay for the guards and addresses of first iterations.
constexpr double kWorthGuards = 0.9;

/// Values that a nest read some iterations ago come from registers, if that takes no more cycles and fewer bits: where
/// a whole window is unrolled, loads and choices between banks are gone; elsewhere banks are better.
Diagnostics keep_windows(Candidate& best, const ActorOptions& actor, const PipelineOptions& options) {
  Kernel kernel = best.whole;
  std::size_t reused = 0;
  const auto reuse = [&](Kernel& k) {
    for (auto& nest : k.nests) {
      const ReuseStats stats = reuse_loads(k, nest, {.keep_first_loads = true});
      reused += stats.gone + stats.guarded;
    }
    return reused;
  };
  if (auto errors = run_pass({"reuse-loads", reuse}, kernel, options); !errors.empty() || reused == 0) return errors;
  auto next = candidate(std::move(kernel), actor, options, best.running_steps);
  const auto few = static_cast<std::int64_t>(kWorthGuards * static_cast<double>(bits_of(best.built)));
  if (next && next->cycles() <= best.cycles() && bits_of(next->built) <= few) best = std::move(*next);
  return {};
}

}  // namespace

PipelineOptions silent(const PipelineOptions& options) {
  PipelineOptions silent = options;
  silent.passes = {.skip = options.passes.skip};
  silent.stats = nullptr;
  return silent;
}

Expected<ScheduledKernel> pipeline_kernel(Kernel kernel, const ActorOptions& actor, const PipelineOptions& options) {
  if (auto errors = run_loop_passes(kernel, options.passes, options.stats); !errors.empty()) return errors;
  auto first = candidate(kernel, actor, options, std::vector<std::int64_t>(kernel.nests.size(), 1));
  if (!first) return first.errors();
  Candidate best = std::move(*first);
  for (std::size_t n = 0; n < kernel.nests.size(); ++n) {
    const auto [bound, recurrence] = bounds_of(best.built.kernel, best.built.kernel.nests[n], actor);
    if (best.interval(n) <= bound) continue;
    const std::int64_t needed = (recurrence + bound - 1) / bound;
    const Kernel before = best.whole;
    for (std::int64_t distance = std::max<std::int64_t>(needed, 2); distance <= needed + kMostExtra; ++distance) {
      auto changed = rotated(before, n, distance, options);
      if (!changed) return changed.errors();
      if (!*changed) break;
      auto next = candidate(std::move(**changed), actor, options, best.running_steps);
      if (next && next->cycles() < best.cycles()) best = std::move(*next);
      if (best.interval(n) > bound) continue;
      if (auto errors = shorten_tree(best, before, n, distance, actor, options); !errors.empty()) return errors;
      break;
    }
  }
  if (auto errors = keep_windows(best, actor, options); !errors.empty()) return errors;
  return std::move(best.built);
}

}  // namespace sluice
