#include "systemgen/cli/explore.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "systemgen/choose/explore.hpp"
#include "systemgen/cli/numbers.hpp"
#include "systemgen/cli/parse.hpp"
#include "systemgen/cli/shape_option.hpp"
#include "systemgen/cli/stream_layout_option.hpp"
#include "systemgen/cli/system_option.hpp"
#include "systemgen/output/output_folder.hpp"

namespace sluice {
namespace {

struct Request {
  std::string model;
  std::string output;
  std::vector<std::string> shapes;
  double clock_ns = 0;
  bool json = false;
  bool quiet = false;
  FlowOptions flow;
  ExploreOptions explore;
};

void add_options(CLI::App& app, Request& request) {
  app.add_option("model", request.model, "ONNX model")->required()->type_name("MODEL.onnx");
  app.add_option("-o", request.output, "folder for report.json and front.svg; default: <model>.explore")
      ->type_name("DIR");
  app.add_option("--points", request.explore.points, "designs that are built, at most")
      ->check(CLI::Range(1, 1000))
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--most-multipliers", request.explore.most_multipliers, "of the largest design")
      ->check(check_positive)
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--target", request.flow.target, "name of a target, or path of its JSON file")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--clock", request.clock_ns, "clock period in ns; default: the target's")
      ->check(check_positive)
      ->type_name("NS");
  add_system_option(app, request.flow.order);
  add_stream_layout_option(app, request.flow.stream_layouts);
  app.add_flag("!--no-reassociate", request.flow.reassociate, "add the terms of every sum in ONNX's order");
  add_shape_option(app, request.shapes);
  app.add_flag("--json", request.json, "print report.json instead of the table");
  app.add_flag("--quiet", request.quiet, "errors only");
}

Answer run(Request request) {
  FlowOptions& flow = request.flow;
  flow.model = request.model;
  flow.optimisation = 2;
  if (request.clock_ns > 0) flow.clock_ns = request.clock_ns;
  for (const auto& text : request.shapes) flow.shapes.insert(*parse_shape(text));
  const std::string output = request.output.empty() ? flow.model.stem().string() + ".explore" : request.output;
  const auto failed = [](const Diagnostics& errors) { return Answer{1, "", to_string(errors)}; };
  auto folder = OutputFolder::create(output);
  if (!folder) return failed(folder.errors());
  Expected<Exploration> exploration = Diagnostics{};
  {
    Progress progress(!request.quiet && isatty(STDERR_FILENO) == 1);
    exploration = explore(flow, request.explore, progress);
  }
  if (!exploration) return failed(exploration.errors());
  const std::string json = json_text(*exploration);
  Diagnostics errors = folder->write("report.json", json);
  if (errors.empty()) append(errors, folder->write("front.svg", to_svg(*exploration)));
  if (errors.empty()) append(errors, folder->publish());
  if (!errors.empty()) return failed(errors);
  if (request.quiet) return {0, "", ""};
  if (request.json) return {0, json, ""};
  return {0, to_table(*exploration) + fmt::format("\nwritten to {}\n", output), ""};
}

}  // namespace

Answer run_explore(int argc, const char* const* argv) {
  CLI::App app(
      "Builds designs of a model for different numbers of multipliers: their exact cycles, their units and memories. "
      "What it prints for N multipliers is what `sluice MODEL.onnx -O2 --multipliers N` makes.",
      "sluice explore");
  app.set_help_flag("-h,--help", "print this help");
  Request request;
  add_options(app, request);
  if (auto answer = parse(app, argc, argv)) return *std::move(answer);
  return run(std::move(request));
}

}  // namespace sluice
