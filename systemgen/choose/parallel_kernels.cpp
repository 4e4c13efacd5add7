#include "systemgen/choose/parallel_kernels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/arith/floor_div.hpp"
#include "core/dfg/unit_spec.hpp"
#include "frontend/loops/accumulation.hpp"
#include "systemgen/choose/shared_tensors.hpp"
#include "systemgen/network/choose_rows.hpp"

namespace sluice {
namespace {

bool multiplies(const Kernel& kernel) {
  return std::ranges::any_of(kernel.nests, [](const Nest& nest) {
    return std::ranges::find(nest.body, Opcode::multiply, &Op::code) != nest.body.end();
  });
}

/// Cycles that a running sum takes to come back to its adder.
std::int64_t sums_in_flight(const Kernel& kernel, const ActorOptions& actor) {
  std::int64_t cycles = 1;
  for (const auto& nest : kernel.nests) {
    if (find_accumulations(kernel, nest))
      cycles = std::max<std::int64_t>(cycles, bounds_of(kernel, nest, actor).recurrence);
  }
  return cycles;
}

ActorOptions with_one_multiplier(ActorOptions actor) {
  actor.resources.limits["fp_mul"] = 1;
  actor.resources.limits["int_mul"] = 1;
  return actor;
}

/// The first point of a kernel has one multiplier of each kind, whatever its nests would like to have.
void limit_first(const Kernel& kernel, KernelPoint& point) {
  std::map<std::string, std::int64_t> kinds;
  for (const auto& nest : kernel.nests) {
    std::map<std::string, std::int64_t> here;
    for (const auto& op : nest.body) {
      if (op.code != Opcode::multiply) continue;
      const std::string kind = to_string(unit_spec(nest, op));
      kinds[kind] = std::max(kinds[kind], ++here[kind]);
    }
  }
  std::int64_t busiest = 1;
  for (const auto& [kind, count] : kinds) busiest = std::max(busiest, count);
  point.iterations *= busiest;
  point.multipliers = std::ssize(kinds);
}

/// Iterations below which no choice brings the interval of a dataflow system: beats of tensors that come from no kernel
/// or go to none, and what the slowest kernel that does not multiply takes with all lanes.
std::int64_t interval_floor(const DesignSpace& space, std::int64_t stream_bits) {
  std::map<std::string, std::pair<std::set<ArrayRole>, std::int64_t>> tensors;  // roles of its arrays, beats
  for (const auto& kernel : space.kernels()) {
    for (const auto& array : kernel.arrays) {
      if (array.tensor.empty()) continue;
      auto& [roles, beats] = tensors[array.tensor];
      roles.insert(array.role);
      beats = ceil_div(element_count(array.shape) * array.type.width(), stream_bits);
    }
  }
  std::int64_t floor = 0;
  for (const auto& [name, tensor] : tensors) {
    if (tensor.first.size() == 1) floor = std::max(floor, tensor.second);
  }
  for (std::size_t k = 0; k < space.kernels().size(); ++k) {
    if (!multiplies(space.kernels()[k])) floor = std::max(floor, space.fronts()[k].back().iterations);
  }
  return floor;
}

}  // namespace

Expected<DesignSpace> DesignSpace::explore(std::vector<Kernel> kernels, const ActorOptions& actor,
                                           const PipelineOptions& pipeline, std::int64_t most) {
  DesignSpace space;
  space.actor_ = actor;
  space.pipeline_ = pipeline;
  space.most_ = most;
  const SharedTensors shared(kernels);
  for (std::size_t k = 0; k < kernels.size(); ++k) {
    const Kernel& kernel = kernels[k];
    const auto allowed = [&](std::size_t nest, std::size_t loop, std::int64_t lanes) {
      return shared.allows(k, nest, loop, lanes);
    };
    const FrontOptions options{most, sums_in_flight(kernel, actor), pipeline.reassociate, allowed};
    auto front = kernel_front(kernel, options);
    KernelPoint first = kernel_point(kernel, no_parallelism(kernel), options);
    if (multiplies(kernel) && first.multipliers > 1) {
      limit_first(kernel, first);
      front.insert(front.begin(), std::move(first));
    }
    space.fronts_.push_back(std::move(front));
  }
  space.kernels_ = std::move(kernels);
  return space;
}

std::vector<KernelPlan> DesignSpace::plans(const Choice& choice) const {
  std::vector<Parallelism> parallelism;
  for (std::size_t k = 0; k < kernels_.size(); ++k) parallelism.push_back(fronts_[k][choice[k]].parallelism);
  auto bankings = choose_bankings(kernels_, parallelism);
  std::vector<KernelPlan> plans;
  for (std::size_t k = 0; k < kernels_.size(); ++k) {
    const bool is_limited = multiplies(kernels_[k]) && choice[k] == 0;
    plans.push_back({std::move(parallelism[k]), std::move(bankings[k]), is_limited});
  }
  return plans;
}

Expected<ScheduledKernel> DesignSpace::build(std::size_t number, const KernelPlan& plan) const {
  Kernel kernel = kernels_[number];
  const auto unroll_all = [&](Kernel& k) {
    parallelise(k, plan.parallelism);
    return std::size_t{plan.parallelism == no_parallelism(k) ? 0U : 1U};
  };
  const ChosenPass lanes{"parallelise", unroll_all, pipeline_.reassociate};
  if (auto errors = run_chosen_pass(lanes, kernel, pipeline_.passes, pipeline_.stats); !errors.empty()) return errors;
  PipelineOptions options = pipeline_;
  options.bankings = plan.bankings;
  auto built = pipeline_kernel(std::move(kernel), plan.one_multiplier ? with_one_multiplier(actor_) : actor_, options);
  if (built) built->lanes = lanes_of(kernels_[number], plan.parallelism);
  return built;
}

Expected<std::vector<ScheduledKernel>> DesignSpace::build(const Choice& choice) const {
  const auto plans_of_choice = plans(choice);
  std::vector<ScheduledKernel> built;
  Diagnostics errors;
  for (std::size_t k = 0; k < kernels_.size(); ++k) {
    auto each = build(k, plans_of_choice[k]);
    if (each) {
      built.push_back(std::move(*each));
    } else {
      append(errors, each.errors());
    }
  }
  if (!errors.empty()) return errors;
  return built;
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

BudgetTable budget_table(const DesignSpace& space, ActorOrder order, std::optional<std::int64_t> stream_bits) {
  BudgetOptions options;
  options.groups = stages(space.kernels(), order);
  if (order == ActorOrder::dataflow) {
    options.floor = interval_floor(space, stream_bits.value_or(kWidestBeat));
    options.part_of_slowest = 1;
  }
  return {space.fronts(), space.most(), options};
}

Expected<std::vector<ScheduledKernel>> parallel_kernels(const DesignSpace& space, ActorOrder order,
                                                        std::optional<std::int64_t> stream_bits) {
  const BudgetTable table = budget_table(space, order, stream_bits);
  if (table.least() > space.most()) return too_few_multipliers(space.most(), table.least());
  return space.build(table.choice(space.most()));
}

}  // namespace sluice
