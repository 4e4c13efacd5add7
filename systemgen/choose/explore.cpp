#include "systemgen/choose/explore.hpp"

#include "systemgen/check_target.hpp"
#include "systemgen/choose/design_builder.hpp"
#include "systemgen/lower_graph.hpp"
#include "systemgen/read_model.hpp"

namespace sluice {
namespace {

/// Adds the design unless one with as few multipliers is as fast, and drops what it makes superfluous.
void add(std::vector<ExplorePoint>& front, ExplorePoint point) {
  const auto covers = [](const Report& a, const Report& b) {
    return a.multipliers() <= b.multipliers() && a.predicted_interval <= b.predicted_interval;
  };
  for (const auto& each : front) {
    if (covers(each.facts, point.facts)) return;
  }
  std::erase_if(front, [&](const ExplorePoint& each) { return covers(point.facts, each.facts); });
  front.push_back(std::move(point));
}

}  // namespace

Expected<Exploration> explore(const FlowOptions& flow, const ExploreOptions& options, Progress& progress) {
  const auto target = Target::load(flow.target);
  if (!target) return target.errors();
  if (auto errors = check_target(*target); !errors.empty()) return errors;
  const auto device = load_device(flow.target);
  if (!device) return device.errors();
  Exploration exploration{flow.model.string(), target->name(), flow.clock_ns.value_or(target->default_clock_ns()), {}};
  Dumper silent;
  std::vector<PassStats> stats;
  progress.stage("importing");
  auto graph = import_model(flow, silent);
  if (!graph) return graph.errors();
  if (auto errors = optimise(flow, *graph, stats, silent); !errors.empty()) return errors;
  const auto orders = stream_orders(*graph, flow.stream_layouts);
  if (!orders) return orders.errors();
  auto kernels = lower_graph(*graph);
  if (!kernels) return kernels.errors();
  const PipelineOptions pipeline = pipeline_options(flow, stats, silent);
  const ActorOptions actor = actor_options(flow, *target, exploration.clock_ns);
  const auto streamable = StreamableKernels::find(*graph, std::move(*kernels), *orders, actor, pipeline);
  if (!streamable) return streamable.errors();
  DesignBuilder builder(*graph, *streamable, actor, pipeline,
                        {flow.order, flow.model.stem().string(), *device, flow.stream_bits, *orders});
  const auto budgets = builder.budgets(options.most_multipliers, options.points);
  if (!budgets) return budgets.errors();
  for (const auto budget : *budgets) {
    auto facts = builder.build(budget, progress);
    if (!facts) return facts.errors();
    add(exploration.points, {budget, std::move(*facts)});
  }
  return exploration;
}

}  // namespace sluice
