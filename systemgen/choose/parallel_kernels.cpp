#include "systemgen/choose/parallel_kernels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "frontend/loops/legal_cuts.hpp"
#include "frontend/loops/part_prefixes.hpp"
#include "systemgen/choose/actor_front.hpp"
#include "systemgen/choose/built_choice.hpp"
#include "systemgen/choose/shared_tensors.hpp"
#include "systemgen/choose/stream_limits.hpp"
#include "systemgen/choose/streamed_beats.hpp"
#include "systemgen/network/choose_rows.hpp"

namespace sluice {
namespace {

/// All kernels in as many parts as they can have.
std::vector<Kernel> finest_parts(const std::vector<Kernel>& kernels, const std::vector<std::vector<std::size_t>>& cuts,
                                 const std::vector<std::string>& prefixes) {
  std::vector<Kernel> parts;
  for (std::size_t k = 0; k < kernels.size(); ++k) {
    for (auto& part : split_kernel(kernels[k], cuts[k], prefixes[k])) parts.push_back(std::move(part));
  }
  return parts;
}

/// Iterations below which no choice brings the interval of a dataflow system: beats of streams, and what the slowest
/// kernel that does not multiply takes with all lanes.
std::int64_t interval_floor(const DesignSpace& space, std::int64_t stream_bits) {
  std::int64_t floor = streamed_beats(space.kernels(), stream_bits);
  for (std::size_t k = 0; k < space.kernels().size(); ++k) {
    if (!multiplies(space.kernels()[k])) floor = std::max(floor, space.fronts()[k].back().iterations);
  }
  return floor;
}

}  // namespace

Expected<DesignSpace> DesignSpace::explore(std::vector<Kernel> kernels, const ActorOptions& actor,
                                           const PipelineOptions& pipeline, std::int64_t most, const SystemPace& pace) {
  DesignSpace space;
  space.actor_ = actor;
  space.pipeline_ = pipeline;
  space.most_ = most;
  space.orders_ = pace.orders;
  space.prefixes_ = part_prefixes(kernels);
  const bool is_dataflow = pace.order == ActorOrder::dataflow;
  std::vector<std::vector<std::size_t>> cuts(kernels.size());
  if (is_dataflow && !pipeline.passes.skip.contains("split-kernels"))
    std::ranges::transform(kernels, cuts.begin(), legal_cuts);
  const SharedTensors whole(kernels);
  const SharedTensors split(finest_parts(kernels, cuts, space.prefixes_));
  const auto streamed = streamed_tensors(kernels);
  const BuildPlain build = [&, quiet = silent(pipeline)](const Kernel& kernel,
                                                         bool one_multiplier) -> Expected<BuiltCycles> {
    const auto built = pipeline_kernel(kernel, one_multiplier ? with_one_multiplier(actor) : actor, quiet);
    if (!built) return built.errors();
    return built_cycles(*built, pace.order);
  };
  for (std::size_t k = 0; k < kernels.size(); ++k) {
    const auto options_of = [&](const Kernel& kernel) {
      const SharedTensors& shared = kernel.nests.size() == kernels[k].nests.size() ? whole : split;
      const auto allowed = [&](std::size_t nest, std::size_t loop, std::int64_t lanes) {
        return shared.allows(kernel, nest, loop, lanes);
      };
      FrontOptions options{most, sums_in_flight(kernel, actor), pipeline.reassociate, allowed};
      if (is_dataflow) {
        options.least = [limits = StreamLimits(kernel, streamed, pace.stream_bits.value_or(kWidestBeat), pace.orders)](
                            std::size_t nest, std::span<const std::int64_t> lanes) mutable {
          return limits.beats(nest, lanes);
        };
      }
      return options;
    };
    const bool counts_cycles = is_dataflow || multiplies(kernels[k]);  // else lanes keep the iterations few enough
    auto fronts =
        part_fronts(kernels[k], cuts[k], space.prefixes_[k], options_of, counts_cycles ? build : BuildPlain());
    if (!fronts) return fronts.errors();
    space.parts_.push_back(std::move(*fronts));
    space.fronts_.push_back(split_front(kernels[k], space.parts_.back()));
  }
  space.kernels_ = std::move(kernels);
  return space;
}

Kernel DesignSpace::kernel_of(const KernelPlan& plan) const {
  return kernel_part(kernels_[plan.kernel], plan.nests, prefixes_[plan.kernel]);
}

std::vector<KernelPlan> DesignSpace::plans(const std::vector<KernelPoint>& points) const {
  std::vector<KernelPlan> plans;
  for (std::size_t k = 0; k < points.size(); ++k) {
    for (const auto& part : points[k].parts) {
      const KernelPoint& point = parts_[k].at(part.nests).points()[part.point];
      plans.push_back({k, part.nests, point.parallelism, {}, point.one_multiplier});
    }
  }
  std::vector<Kernel> kernels;
  std::vector<Parallelism> parallelism;
  for (const auto& plan : plans) {
    kernels.push_back(kernel_of(plan));
    parallelism.push_back(plan.parallelism);
  }
  auto bankings = choose_bankings(kernels, parallelism, orders_);
  for (std::size_t i = 0; i < plans.size(); ++i) plans[i].bankings = std::move(bankings[i]);
  return plans;
}

Expected<ScheduledKernel> DesignSpace::build(const KernelPlan& plan) const {
  const Kernel whole = kernel_of(plan);
  Kernel kernel = whole;
  const auto unroll_all = [&](Kernel& k) {
    parallelise(k, plan.parallelism);
    return std::size_t{plan.parallelism == no_parallelism(k) ? 0U : 1U};
  };
  const ChosenPass lanes{"parallelise", unroll_all, pipeline_.reassociate};
  if (auto errors = run_chosen_pass(lanes, kernel, pipeline_.passes, pipeline_.stats); !errors.empty()) return errors;
  PipelineOptions options = pipeline_;
  options.bankings = plan.bankings;
  auto built = pipeline_kernel(std::move(kernel), plan.one_multiplier ? with_one_multiplier(actor_) : actor_, options);
  if (built) built->lanes = lanes_of(whole, plan.parallelism);
  return built;
}

Diagnostics DesignSpace::check_parts(const std::vector<KernelPlan>& plans) const {
  std::vector<std::vector<Kernel>> parts(kernels_.size());
  for (const auto& plan : plans) parts[plan.kernel].push_back(kernel_of(plan));
  Diagnostics errors;
  for (std::size_t k = 0; k < kernels_.size(); ++k) {
    if (parts[k].size() > 1) append(errors, sluice::check_parts(kernels_[k], parts[k], pipeline_.passes));
  }
  return errors;
}

std::vector<std::size_t> stages(const std::vector<Kernel>& kernels, ActorOrder order) {
  if (order == ActorOrder::dataflow) return std::vector<std::size_t>(kernels.size(), 0);
  std::vector<std::size_t> stages;
  std::map<std::string, std::size_t> ready;  // by tensor: the first stage in which it is there
  for (const auto& kernel : kernels) {
    std::size_t stage = order == ActorOrder::sequential ? stages.size() : 0;
    for (const auto& array : kernel.arrays) {
      if (array.role == ArrayRole::input && ready.contains(array.tensor)) stage = std::max(stage, ready[array.tensor]);
    }
    for (const auto& array : kernel.arrays) {
      if (array.role == ArrayRole::output) ready[array.tensor] = stage + 1;
    }
    stages.push_back(stage);
  }
  return stages;
}

Diagnostic too_few_multipliers(std::int64_t asked, std::int64_t least) {
  return {"--multipliers", fmt::format("{} are asked for, and the accelerators need {}", asked, least),
          fmt::format("allow at least {}", least)};
}

BudgetOptions budget_options(const DesignSpace& space, const SystemPace& pace) {
  BudgetOptions options;
  options.groups = stages(space.kernels(), pace.order);
  if (pace.order == ActorOrder::dataflow) {
    options.floor = interval_floor(space, pace.stream_bits.value_or(kWidestBeat));
    options.part_of_slowest = 1;
  }
  return options;
}

BudgetTable budget_table(const DesignSpace& space, const SystemPace& pace) {
  return {space.fronts(), space.most(), budget_options(space, pace)};
}

Expected<std::vector<ScheduledKernel>> parallel_kernels(const std::vector<std::vector<Kernel>>& forms,
                                                        const ActorOptions& actor, const PipelineOptions& pipeline,
                                                        std::int64_t most, const SystemPace& pace) {
  std::optional<BuiltDesign> best;
  for (const auto& kernels : forms) {
    const auto built = [&]() -> Expected<BuiltDesign> {
      const auto space = DesignSpace::explore(kernels, actor, pipeline, most, pace);
      if (!space) return space.errors();
      const BudgetTable table = budget_table(*space, pace);
      if (table.least() > most) return too_few_multipliers(most, table.least());
      return build_fastest(*space, pace);
    }();
    if (!built && !best) return built.errors();
    if (built && (!best || is_clearly_faster(built->cost, best->cost))) best = std::move(*built);
  }
  return std::move(best->kernels);
}

}  // namespace sluice
