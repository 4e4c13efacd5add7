#include "tests/systemgen/support/model_actors.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "systemgen/choose/streamable_kernels.hpp"
#include "systemgen/lower_graph.hpp"
#include "systemgen/read_model.hpp"

namespace sluice::test {
namespace {

template <typename T>
T checked(Expected<T> result) {
  REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
  return std::move(*result);
}

std::vector<ScheduledKernel> scheduled(const TensorGraph& graph, const StreamOrders& orders, const FlowOptions& options,
                                       const ActorOptions& actor, const PipelineOptions& pipeline) {
  const auto streamable = checked(StreamableKernels::find(graph, checked(lower_graph(graph)), orders, actor, pipeline));
  if (options.optimisation > 1) {
    const SystemPace pace{options.order, {}, orders};
    const auto wanted = options.goal.multipliers.value_or(64);
    const auto few = checked(DesignSpace::explore(streamable.forms(wanted).front(), actor, pipeline, wanted, pace));
    const auto most = std::max(wanted, budget_table(few, pace).least());
    return checked(parallel_kernels(streamable.forms(most), actor, pipeline, most, pace));
  }
  std::vector<ScheduledKernel> result;
  for (const auto& kernel : streamable.streamed()) result.push_back(checked(pipeline_kernel(kernel, actor, pipeline)));
  return result;
}

}  // namespace

Design ModelActors::design(ActorOrder order) const {
  auto copies = actors;
  ActorSeconds seconds;
  return checked(compose(network, copies, {"top", order}, seconds));
}

ModelActors model_actors(const FlowOptions& options) {
  Dumper silent;
  std::vector<PassStats> stats;
  auto graph = checked(import_model(options, silent));
  REQUIRE(to_string(optimise(options, graph, stats, silent)) == "");
  const auto target = checked(Target::load(options.target));
  const auto actor = actor_options(options, target, options.clock_ns.value_or(target.default_clock_ns()));
  const auto orders = checked(stream_orders(graph, options.stream_layouts));
  auto kernels = scheduled(graph, orders, options, actor, pipeline_options(options, stats, silent));
  auto lowered = checked(compose_network(graph, std::move(kernels), orders, silent));
  ActorSeconds seconds;
  Progress quiet(false);
  ModelActors result;
  result.actors = checked(bind_actors(lowered.network, std::move(lowered.schedules), actor, seconds, quiet));
  result.network = std::move(lowered.network);
  return result;
}

}  // namespace sluice::test
