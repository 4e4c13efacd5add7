#include "systemgen/cli/arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <optional>

#include "systemgen/cli/numbers.hpp"
#include "systemgen/cli/parse.hpp"
#include "systemgen/cli/shape_option.hpp"
#include "systemgen/cli/stream_layout_option.hpp"
#include "systemgen/cli/system_option.hpp"

namespace sluice {
namespace {

/// The command line as text, before it is given a meaning.
struct Raw {
  std::string model;
  std::string output;
  std::string inputs;
  int frames = 0;
  std::uint64_t seed = 1;
  std::string simulator = "icarus";
  std::optional<int> optimisation;
  std::string scheduler = "sdc";
  std::string buffers = "throughput";
  double clock = 0;
  std::int64_t multipliers = 0;
  std::int64_t interval = 0;
  std::int64_t stream_width = 0;
  std::vector<std::string> shapes;
  std::string stop_after;
  std::vector<std::string> skip;
  std::string check;
};

const std::map<std::string, Stage>& stages() {
  static const std::map<std::string, Stage> stages{
      {"import", Stage::import}, {"optimise", Stage::optimise}, {"lower", Stage::lower}, {"rtl", Stage::rtl}};
  return stages;
}

void add_input_options(CLI::App& app, Raw& raw, Arguments& arguments) {
  app.add_option("model", raw.model, "ONNX model")->required()->type_name("MODEL.onnx");
  app.add_option("-o", raw.output, "folder for everything that is written; default: <model>.sluice")->type_name("DIR");
  add_shape_option(app, raw.shapes);
  app.add_flag("--quiet", arguments.quiet, "errors only");
}

void add_verify_options(CLI::App& app, Raw& raw, Arguments& arguments) {
  auto& verification = arguments.flow.verification;
  app.add_flag("--verify", arguments.flow.verify, "simulate the Verilog and compare it with the reference");
  app.add_option("--inputs", raw.inputs, "folder of test_data_set_<k>/input_<i>.pb; default: random inputs")
      ->type_name("DIR");
  app.add_option("--frames", raw.frames, "inferences to simulate; default: all data sets, or 1")
      ->check(CLI::Range(1, 1000000))
      ->type_name("N");
  app.add_option("--seed", raw.seed, "of random inputs")->type_name("N");
  app.add_option("--rtol", verification.tolerance.relative, "relative tolerance against golden outputs")
      ->check(check_not_negative)
      ->type_name("X")
      ->capture_default_str();
  app.add_option("--atol", verification.tolerance.absolute, "absolute tolerance against golden outputs")
      ->check(check_not_negative)
      ->type_name("X")
      ->capture_default_str();
  app.add_option("--simulator", raw.simulator, "simulator")
      ->check(CLI::IsMember({"icarus", "verilator"}))
      ->type_name("icarus|verilator")
      ->capture_default_str();
}

void add_build_options(CLI::App& app, Raw& raw, Arguments& arguments) {
  app.add_option("-O", raw.optimisation,
                 "-O0 nothing overlaps; -O1 pipelines with one multiplier each; -O2 as many as pay off, up to 64 or as "
                 "--multipliers or --interval say; default: 1, or 2 with one of these")
      ->check(CLI::Range(0, 2))
      ->type_name("0|1|2");
  app.add_flag("!--no-reassociate", arguments.flow.reassociate, "add the terms of every sum in ONNX's order");
  app.add_option("--scheduler", raw.scheduler, "scheduler")
      ->check(CLI::IsMember({"sdc", "list"}))
      ->type_name("sdc|list")
      ->capture_default_str();
  add_system_option(app, arguments.flow.order);
  app.add_option("--buffers", raw.buffers,
                 "of a dataflow system: the smallest that keep its pace, or that don't deadlock")
      ->check(CLI::IsMember({"throughput", "minimal"}))
      ->type_name("throughput|minimal");
  app.add_option("--stream-width", raw.stream_width,
                 "of a dataflow system: most bits of a beat; default: as the interval needs, up to 1024")
      ->check(check_positive)
      ->type_name("BITS");
  add_stream_layout_option(app, arguments.flow.stream_layouts);
  app.add_option("--clock", raw.clock, "clock period in ns; default: the target's")
      ->check(check_positive)
      ->type_name("NS");
  app.add_option("--target", arguments.flow.target, "name of a target, or path of its JSON file")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--multipliers", raw.multipliers, "the fastest design with at most so many multipliers")
      ->check(check_positive)
      ->type_name("N");
  app.add_option("--interval", raw.interval, "the fewest multipliers for so many cycles between two results")
      ->check(check_positive)
      ->type_name("CYCLES");
}

void add_developer_options(CLI::App& app, Raw& raw, Arguments& arguments) {
  std::vector<std::string> names;
  for (const auto& [name, stage] : stages()) names.push_back(name);
  app.add_option("--dump-after", arguments.flow.dump_after, "write what a pass or stage leaves to DIR/dump")
      ->type_name("PASS|all");
  app.add_option("--stop-after", raw.stop_after, "stop after a stage: import, optimise, lower, rtl")
      ->check(CLI::IsMember(names))
      ->type_name("STAGE");
  app.add_option("--skip", raw.skip, "leave out a pass")->type_name("PASS")->allow_extra_args(false);
  app.add_option("--check", raw.check, "compare each level with its neighbour")
      ->check(CLI::IsMember({"all"}))
      ->type_name("all");
  app.add_flag("--time-passes", arguments.time_passes, "print what each pass did and how long it took");
}

/// Requests that the design has a place for, but that are not built.
Diagnostics not_built(const Raw& raw, const FlowOptions& flow) {
  Diagnostics refused;
  const bool chooses = raw.multipliers > 0 || raw.interval > 0;
  if (chooses && raw.optimisation.value_or(2) < 2) {
    refused.push_back({fmt::format("-O{}", *raw.optimisation),
                       "builds one multiplier for each accelerator, so there is nothing to choose",
                       "use -O2 with --multipliers or --interval"});
  }
  if (raw.interval > 0 && raw.buffers == "minimal") {
    refused.push_back(
        {"--buffers minimal", "may lengthen the interval that --interval asks for", "leave out one of them"});
  }
  if (raw.stream_width > 0 && flow.order != ActorOrder::dataflow) {
    refused.push_back(
        {"--stream-width", "a central controller takes an element a beat", "leave it out, or use --system dataflow"});
  }
  if (raw.buffers == "minimal" && flow.order != ActorOrder::dataflow) {
    refused.push_back(
        {"--buffers", "a central controller has whole tensors", "leave it out, or use --system dataflow"});
  }
  if (flow.verify && !raw.stop_after.empty()) {
    refused.push_back({"--verify", fmt::format("--stop-after {} leaves nothing to simulate", raw.stop_after),
                       "leave out one of them"});
  }
  return refused;
}

void interpret(const Raw& raw, Arguments& arguments) {
  FlowOptions& flow = arguments.flow;
  flow.model = raw.model;
  flow.output = raw.output.empty() ? flow.model.stem().string() + ".sluice" : raw.output;
  if (!raw.inputs.empty()) flow.frames.folder = raw.inputs;
  if (raw.frames > 0) flow.frames.frames = raw.frames;
  flow.frames.seed = raw.seed;
  flow.verification.simulator = raw.simulator == "verilator" ? Simulator::verilator : Simulator::icarus;
  const bool chooses = raw.multipliers > 0 || raw.interval > 0;
  flow.optimisation = raw.optimisation.value_or(chooses ? 2 : 1);
  if (raw.multipliers > 0) flow.goal.multipliers = raw.multipliers;
  if (raw.interval > 0) flow.goal.interval = raw.interval;
  flow.scheduler = raw.scheduler;
  if (raw.buffers == "minimal") flow.buffers = BufferGoal::minimal;
  if (raw.stream_width > 0) flow.stream_bits = raw.stream_width;
  if (raw.clock > 0) flow.clock_ns = raw.clock;
  for (const auto& text : raw.shapes) flow.shapes.insert(*parse_shape(text));
  if (!raw.stop_after.empty()) flow.stop_after = stages().at(raw.stop_after);
  flow.skip.insert(raw.skip.begin(), raw.skip.end());
  flow.check_levels = !raw.check.empty();
  arguments.refused = not_built(raw, flow);
}

std::string footer() {
  std::string text = "Other commands, each with a --help of its own:\n";
  for (const auto& command : subcommands()) text += fmt::format("  sluice {:<16} {}\n", command.name, command.summary);
  return text + "\nExit codes: 0 done, 1 cannot be built, 2 wrong usage, 3 hardware and reference differ.";
}

}  // namespace

std::variant<Arguments, Answer> parse_arguments(int argc, const char* const* argv) {
  CLI::App app("Turns an ONNX model into synthesizable Verilog, a test bench and a report.", "sluice");
  app.set_version_flag("--version", "sluice " SLUICE_VERSION);
  app.set_help_flag("-h,--help", "print this help");
  app.footer(footer());
  Raw raw;
  Arguments arguments;
  add_input_options(app, raw, arguments);
  add_verify_options(app, raw, arguments);
  add_build_options(app, raw, arguments);
  add_developer_options(app, raw, arguments);
  if (auto answer = parse(app, argc, argv)) return *std::move(answer);
  interpret(raw, arguments);
  return arguments;
}

}  // namespace sluice
