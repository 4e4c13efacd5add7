#include "systemgen/flow.hpp"

#include <fmt/format.h>

#include "frontend/onnx/import.hpp"
#include "frontend/ops/evaluate.hpp"
#include "systemgen/build_actor.hpp"
#include "systemgen/control/sequential.hpp"
#include "systemgen/dump_levels.hpp"
#include "systemgen/lower_graph.hpp"
#include "systemgen/network/names.hpp"
#include "systemgen/report/stopwatch.hpp"
#include "systemgen/verify/bench_files.hpp"
#include "systemgen/verify/levels.hpp"

namespace sluice {
namespace {

/// Level 1, as the model says it.
Expected<TensorGraph> import(const FlowOptions& options, Dumper& dumper) {
  auto graph = import_onnx(options.model, {options.shapes});
  if (!graph) return graph;
  if (auto errors = verify(*graph); !errors.empty()) return errors;
  dump(dumper, "import", *graph);
  return graph;
}

/// Level 1 to 1: passes, each verified by the runner.
Diagnostics optimise(const FlowOptions& options, TensorGraph& graph, std::vector<PassStats>& stats, Dumper& dumper) {
  PassOptions passes;
  passes.skip = options.skip;
  passes.after = [&](std::size_t, const PassStats& pass, const TensorGraph& now) {
    dump(dumper, std::string(pass.name), now);
  };
  return run_passes(graph, passes, &stats);
}

/// Level 2 to 7: each kernel becomes an actor.
Expected<std::vector<BuiltActor>> build_actors(const TokenNetwork& network, const ActorOptions& options,
                                               ActorSeconds& seconds, Progress& progress) {
  std::vector<BuiltActor> actors;
  Diagnostics errors;
  for (const auto node : network.actors) {
    progress.stage(
        fmt::format("building actor {} of {}: {}", actors.size() + 1, network.actors.size(), network[node].name));
    auto actor = build_actor(network[node].kernel, options, seconds);
    if (actor) {
      actors.push_back(std::move(*actor));
    } else {
      append(errors, actor.errors());
    }
  }
  if (!errors.empty()) return errors;
  return actors;
}

/// Level 8 to 7: the network and its actors become one design.
Expected<Design> compose(TokenNetwork network, const std::vector<BuiltActor>& built, const std::string& wanted_top) {
  VerilogNames names;
  Design design;
  for (const auto& actor : built) {
    names.claim(actor.rtl.module.name());
    design.actors.push_back(actor.rtl);
  }
  design.system = compose_sequential(network, design.actors, names.claim(wanted_top));
  design.network = std::move(network);
  if (auto errors = verify(netlist_of(design)); !errors.empty()) return errors;
  return design;
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

std::vector<ActorFacts> actor_facts(const TokenNetwork& network, const std::vector<BuiltActor>& actors) {
  std::vector<ActorFacts> facts;
  for (std::size_t i = 0; i < actors.size(); ++i) {
    const auto& kernel = network[network.actors[i]].kernel;
    const auto& rtl = actors[i].rtl;
    facts.push_back({kernel.name, kernel.operation, kernel.onnx_nodes, kernel.macs, rtl.frame_cycles,
                     dominant_ii(kernel, actors[i]), unit_counts(actors[i]), rtl.register_bits, rtl.memory_bits});
  }
  return facts;
}

/// A run that ends early has only its dumps to show.
Expected<FlowResult> stopped(FlowResult result, OutputFolder& folder, const Dumper& dumper) {
  result.complete = false;
  Diagnostics errors = dumper.errors();
  if (errors.empty()) append(errors, folder.write("report.json", json_text(result.report)));
  if (errors.empty()) append(errors, folder.publish());
  if (!errors.empty()) return errors;
  return result;
}

}  // namespace

Expected<FlowResult> run_flow(const FlowOptions& options, Progress& progress) {
  const auto target = Target::load(options.target);
  if (!target) return target.errors();
  auto folder = OutputFolder::create(options.output);
  if (!folder) return folder.errors();
  Dumper dumper(options.dump_after, *folder);
  Stopwatch watch;
  FlowResult result;
  Report& report = result.report;
  report.model = options.model.string();
  report.target = target->name();
  report.clock_ns = options.clock_ns.value_or(target->default_clock_ns());

  progress.stage("importing " + options.model.string());
  auto imported = import(options, dumper);
  if (!imported) return imported.errors();
  report.seconds.emplace_back("import", watch.lap());
  if (options.stop_after == Stage::import) return stopped(std::move(result), *folder, dumper);

  progress.stage("optimising");
  TensorGraph graph = *imported;
  if (auto errors = optimise(options, graph, result.passes, dumper); !errors.empty()) return errors;
  if (options.stop_after == Stage::optimise) return stopped(std::move(result), *folder, dumper);

  auto kernels = lower_graph(graph);
  if (!kernels) return kernels.errors();
  dump(dumper, *kernels);
  auto network = build_network(graph, std::move(*kernels));
  if (!network) return network.errors();
  if (auto errors = verify(*network); !errors.empty()) return errors;
  dump(dumper, *network);
  report.seconds.emplace_back("optimise", watch.lap());
  if (options.stop_after == Stage::lower) return stopped(std::move(result), *folder, dumper);

  auto frames = load_frames(*network, options.frames);
  if (!frames) return frames.errors();
  ActorSeconds seconds;
  ActorOptions actor_options{&*target, find_scheduler(options.scheduler), {}};
  actor_options.resources.clock_ns = report.clock_ns;
  auto actors = build_actors(*network, actor_options, seconds, progress);
  if (!actors) return actors.errors();
  dump(dumper, *network, *actors);
  report.actors = actor_facts(*network, *actors);

  watch.lap();
  progress.stage("writing Verilog");
  const auto design = compose(std::move(*network), *actors, options.model.stem().string());
  if (!design) return design.errors();
  auto files = write_rtl(*design, *folder);
  if (!files) return files.errors();
  report.seconds.insert(report.seconds.end(),
                        {{"schedule", seconds.schedule}, {"bind", seconds.bind}, {"rtl", seconds.rtl + watch.lap()}});
  report.files = *files;
  report.top = design->system.top.name();
  report.ports = design->system.ports;
  report.buffer_bits = design->system.memory_bits;
  report.predicted_latency = design->system.predicted_latency;
  report.predicted_interval = design->system.predicted_interval;
  if (options.stop_after == Stage::rtl) return stopped(std::move(result), *folder, dumper);

  progress.stage("computing the reference");
  report.frames = frames->size();
  if (options.check_levels) {
    if (auto errors = check_levels(*imported, graph, design->network, *actors, *frames, options.verification.tolerance);
        !errors.empty()) {
      return errors;
    }
  }
  auto expected = execute_frames(design->network, *frames);
  if (!expected) return expected.errors();
  const auto bench =
      write_bench(*design, bench_spec(*design, static_cast<int>(frames->size()), false), *expected, *folder);
  if (!bench) return bench.errors();
  if (auto errors = write_makefile(*folder); !errors.empty()) return errors;
  report.testbench = *bench;

  if (options.verify) {
    if (auto errors = complete_golden(*imported, *frames); !errors.empty()) return errors;
    report.seconds.emplace_back("reference", watch.lap());
    progress.stage(fmt::format("simulating {} cycles",
                               design->system.predicted_interval * static_cast<std::int64_t>(frames->size())));
    std::vector<std::string> sources = files->verilog;
    sources.insert(sources.end(), bench->begin(), bench->end());
    auto verification = verify_design(*design, sources, *frames, *expected, options.verification, *folder);
    if (!verification) return verification.errors();
    report.verification = std::move(*verification);
    report.seconds.emplace_back("simulate", watch.lap());
  }

  report.peak_rss_mb = peak_rss_mb();
  Diagnostics errors = dumper.errors();
  if (errors.empty()) append(errors, folder->write("report.json", json_text(report)));
  if (errors.empty()) append(errors, folder->publish());
  if (!errors.empty()) return errors;
  return result;
}

}  // namespace sluice
