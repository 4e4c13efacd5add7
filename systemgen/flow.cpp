#include "systemgen/flow.hpp"

#include "frontend/ops/evaluate.hpp"
#include "systemgen/check_target.hpp"
#include "systemgen/choose/fit_device.hpp"
#include "systemgen/choose/fit_interval.hpp"
#include "systemgen/choose/split_slowest.hpp"
#include "systemgen/choose/streamed_beats.hpp"
#include "systemgen/compose_design.hpp"
#include "systemgen/describe.hpp"
#include "systemgen/dump_levels.hpp"
#include "systemgen/lower_graph.hpp"
#include "systemgen/network/choose_rows.hpp"
#include "systemgen/other_layouts.hpp"
#include "systemgen/read_model.hpp"
#include "systemgen/report/network_svg.hpp"
#include "systemgen/report/stopwatch.hpp"
#include "systemgen/verify/bench_files.hpp"
#include "systemgen/verify/levels.hpp"

namespace sluice {
namespace {

/// Level 2 to 4 without parallelism: loops are rewritten, at -O1, so that iterations can follow each other closely.
Expected<ScheduledKernel> schedule(const Kernel& kernel, const ActorOptions& actor, const PipelineOptions& options) {
  KernelLanes lanes = lanes_of(kernel, no_parallelism(kernel));
  if (actor.pipelined) {
    auto scheduled = pipeline_kernel(kernel, actor, options);
    if (scheduled) scheduled->lanes = std::move(lanes);
    return scheduled;
  }
  auto nests = schedule_kernel(kernel, actor);
  if (!nests) return nests.errors();
  return ScheduledKernel{kernel, std::move(*nests), std::move(lanes)};
}

/// The most multipliers that a design may have: those that are allowed, that fit into the device, if there is one, or
/// that the interval needs.
Expected<std::int64_t> multipliers_for(const TensorGraph& graph, const StreamableKernels& kernels,
                                       const StreamOrders& orders, const FlowOptions& options,
                                       const ActorOptions& actor, const std::optional<Device>& device,
                                       Progress& progress) {
  constexpr std::int64_t kUnlessSaid = 64;
  constexpr std::int64_t kOfDevice = 256;
  constexpr std::int64_t kForInterval = 1024;
  const Goal& goal = options.goal;
  if (!goal.interval && !device) return goal.multipliers.value_or(kUnlessSaid);
  std::vector<PassStats> stats;
  Dumper silent;
  DesignBuilder builder(graph, kernels, actor, pipeline_options(options, stats, silent),
                        {options.order, options.model.stem().string(), device, options.stream_bits, orders});
  if (goal.interval) return fit_interval(builder, *goal.interval, goal.multipliers.value_or(kForInterval), progress);
  return fit_device(builder, options.target, goal.multipliers.value_or(kOfDevice), progress);
}

/// Level 2 to 4: each kernel as it is built, with its schedule.
Expected<std::vector<ScheduledKernel>> schedule(const TensorGraph& graph, const StreamableKernels& streamable,
                                                const StreamOrders& orders, const FlowOptions& options,
                                                const ActorOptions& actor, const PipelineOptions& pipeline,
                                                const std::optional<Device>& device, Progress& progress) {
  if (options.optimisation > 1) {
    const auto multipliers = multipliers_for(graph, streamable, orders, options, actor, device, progress);
    if (!multipliers) return multipliers.errors();
    const SystemPace pace{options.order, options.stream_bits, orders};
    return parallel_kernels(streamable.forms(*multipliers), actor, pipeline, *multipliers, pace);
  }
  const auto kernels = streamable.streamed();
  std::vector<ScheduledKernel> scheduled;
  Diagnostics errors;
  for (const auto& kernel : kernels) {
    auto each = schedule(kernel, actor, pipeline);
    if (each) {
      scheduled.push_back(std::move(*each));
    } else {
      append(errors, each.errors());
    }
  }
  if (!errors.empty()) return errors;
  if (options.order != ActorOrder::dataflow) return scheduled;
  const auto schedule_part = [&](const Kernel& part) { return schedule(part, actor, pipeline); };
  const auto streams = streamed_beats(kernels, options.stream_bits.value_or(kWidestBeat));
  return split_slowest(kernels, std::move(scheduled), streams, schedule_part, pipeline.passes);
}

/// The vectors are what the kernels' interpreter gives.
struct Bench {
  std::vector<ChannelContents> expected;
  std::vector<std::string> files;
};

Expected<Bench> make_bench(const Design& design, const std::vector<Frame>& frames, OutputFolder& folder) {
  auto expected = execute_frames(design.network, frames);
  if (!expected) return expected.errors();
  const auto spec = bench_spec(design, static_cast<int>(frames.size()), false);
  auto files = write_bench(design, spec, *expected, folder);
  if (!files) return files.errors();
  if (auto errors = write_makefile(folder); !errors.empty()) return errors;
  return Bench{std::move(*expected), std::move(*files)};
}

/// Golden outputs of the frames that came without: what ONNX's operators give on the host.
Diagnostics complete_golden(const TensorGraph& graph, std::vector<Frame>& frames) {
  for (auto& frame : frames) {
    if (!frame.golden.empty()) continue;
    auto outputs = evaluate(graph, frame.inputs);
    if (!outputs) return outputs.errors();
    frame.golden = std::move(*outputs);
  }
  return {};
}

/// Of a dataflow system; the timeline is the simulation's if there was one.
Diagnostics write_pictures(const Report& report, OutputFolder& folder) {
  if (!report.network) return {};
  const bool simulated = report.verification && report.verification->firings;
  const FiringTimes& times = simulated ? *report.verification->firings : report.network->predicted;
  if (auto errors = folder.write("network.svg", network_svg(*report.network)); !errors.empty()) return errors;
  return folder.write("timeline.svg", timeline_svg(*report.network, times));
}

Expected<FlowResult> finish(FlowResult result, const Dumper& dumper, OutputFolder& folder) {
  result.report.peak_rss_mb = peak_rss_mb();
  Diagnostics errors = dumper.errors();
  if (errors.empty()) append(errors, folder.write("report.json", json_text(result.report)));
  if (errors.empty()) append(errors, write_pictures(result.report, folder));
  if (errors.empty()) append(errors, folder.publish());
  if (!errors.empty()) return errors;
  return result;
}

}  // namespace

Expected<FlowResult> run_flow(const FlowOptions& options, Progress& progress) {
  const auto target = Target::load(options.target);
  if (!target) return target.errors();
  if (auto errors = check_target(*target); !errors.empty()) return errors;
  if (auto errors = check_dump_name(options.dump_after); !errors.empty()) return errors;
  const auto device = load_device(options.target);
  if (!device) return device.errors();
  auto folder = OutputFolder::create(options.output);
  if (!folder) return folder.errors();
  Dumper dumper(options.dump_after, *folder);
  Stopwatch watch;
  FlowResult result;
  Report& report = result.report;
  const auto time = [&](const char* stage, double seconds) { report.seconds.emplace_back(stage, seconds); };
  const auto stop = [&](Stage stage) {
    result.complete = options.stop_after != stage;
    return !result.complete;
  };
  report.model = options.model.string();
  report.target = target->name();
  report.clock_ns = options.clock_ns.value_or(target->default_clock_ns());

  progress.stage("importing");
  const auto imported = import_model(options, dumper);
  if (!imported) return imported.errors();
  time("import", watch.lap());
  if (stop(Stage::import)) return finish(std::move(result), dumper, *folder);

  progress.stage("optimising");
  TensorGraph graph = *imported;
  if (auto errors = optimise(options, graph, result.passes, dumper); !errors.empty()) return errors;
  if (stop(Stage::optimise)) return finish(std::move(result), dumper, *folder);
  const auto orders = stream_orders(graph, options.stream_layouts);
  if (!orders) return orders.errors();
  const ActorOptions actor = actor_options(options, *target, report.clock_ns);
  auto kernels = lower_graph(graph);
  if (!kernels) return kernels.errors();
  time("optimise", watch.lap());
  progress.stage("scheduling");
  const PipelineOptions pipeline = pipeline_options(options, result.passes, dumper);
  const auto streamable = actor.pipelined
                              ? StreamableKernels::find(graph, std::move(*kernels), *orders, actor, pipeline)
                              : StreamableKernels(std::move(*kernels));
  if (!streamable) return streamable.errors();
  auto scheduled = schedule(graph, *streamable, *orders, options, actor, pipeline, *device, progress);
  if (!scheduled) return scheduled.errors();
  auto lowered = compose_network(graph, std::move(*scheduled), *orders, dumper);
  if (!lowered) return lowered.errors();
  time("schedule", watch.lap());
  if (stop(Stage::lower)) return finish(std::move(result), dumper, *folder);

  auto frames = load_frames(lowered->network, options.frames);  // before the work that takes long
  if (!frames) return frames.errors();
  ActorSeconds seconds;
  auto actors = bind_actors(lowered->network, std::move(lowered->schedules), actor, seconds, progress);
  if (!actors) return actors.errors();
  time("bind", seconds.bind);

  progress.stage("writing Verilog");
  watch.lap();
  seconds.rtl = 0;
  const ComposeOptions system{options.model.stem().string(), options.order, options.buffers, options.stream_bits};
  auto others = other_layouts(lowered->network, *actors, system);
  const auto design = compose(std::move(lowered->network), *actors, system, seconds);
  if (!design) return design.errors();
  dump(dumper, design->network, *actors);
  const auto files = write_rtl(*design, *folder, target->multiplier());
  if (!files) return files.errors();
  time("rtl", watch.lap());
  describe(report, *design, *actors, *files, *target, options.order, *device);
  if (report.network) report.network->other_layouts = std::move(others);
  if (!fits(report.device_use)) return does_not_fit(options.target, report.device_use);
  if (stop(Stage::rtl)) return finish(std::move(result), dumper, *folder);

  progress.stage("computing the reference");
  const auto bench = make_bench(*design, *frames, *folder);
  if (!bench) return bench.errors();
  report.frames = frames->size();
  report.testbench = bench->files;
  if (options.check_levels) {
    const auto& tolerance = options.verification.tolerance;
    auto errors = check_levels(*imported, graph, design->network, *actors, *frames, tolerance);
    if (!errors.empty()) return errors;
  }
  if (options.verify) {
    if (auto errors = complete_golden(*imported, *frames); !errors.empty()) return errors;
  }
  time("reference", watch.lap());
  if (options.verify) {
    progress.stage("simulating");
    auto sources = files->verilog;
    sources.insert(sources.end(), bench->files.begin(), bench->files.end());
    auto verification = verify_design(*design, sources, *frames, bench->expected, options.verification, *folder);
    if (!verification) return verification.errors();
    report.verification = std::move(*verification);
    time("simulate", watch.lap());
  }
  return finish(std::move(result), dumper, *folder);
}

}  // namespace sluice
