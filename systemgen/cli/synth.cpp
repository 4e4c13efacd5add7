#include "systemgen/cli/synth.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "systemgen/cli/numbers.hpp"
#include "systemgen/cli/parse.hpp"
#include "systemgen/synth/synthesis_report.hpp"
#include "systemgen/synth/synthesize.hpp"

namespace sluice {
namespace {

struct Request {
  std::string folder;
  std::string target;
  std::string liberty;
  std::string top;
  double clock_ns = 0;
  bool quiet = false;
};

void add_options(CLI::App& app, Request& request) {
  app.add_option("folder", request.folder, "folder that Sluice wrote")->required()->type_name("DIR");
  app.add_option("--target", request.target, "name of a target, or path of its JSON file; default: the design's")
      ->type_name("NAME");
  app.add_option("--liberty", request.liberty, "cells of an ASIC target; default: $SLUICE_LIBERTY")->type_name("FILE");
  app.add_option("--clock", request.clock_ns, "clock period in ns; default: the design's")
      ->check(check_positive)
      ->type_name("NS");
  app.add_option("--top,--actor", request.top, "module to synthesize; default: the whole design")->type_name("NAME");
  app.add_flag("--quiet", request.quiet, "errors only");
}

Answer failed(const Diagnostics& errors) { return {1, "", to_string(errors)}; }

Answer run(const Request& request) {
  const auto design = read_design(request.folder);
  if (!design) return failed(design.errors());
  const auto target = Target::load(request.target.empty() ? design->target : request.target);
  if (!target && request.target.empty()) {
    return failed({{request.folder, fmt::format("was made for target {}, which is not built in", design->target),
                    "give its file with --target"}});
  }
  if (!target) return failed(target.errors());
  SynthesisOptions options;
  options.liberty = request.liberty;
  if (request.clock_ns > 0) options.clock_ns = request.clock_ns;
  options.top = request.top;
  Expected<Synthesis> synthesis = Diagnostics{};
  {
    Progress progress(!request.quiet && isatty(STDERR_FILENO) == 1);
    synthesis = synthesize(*design, *target, options, progress);
  }
  if (!synthesis) return failed(synthesis.errors());
  if (auto errors = add_to_report(*synthesis, request.folder); !errors.empty()) return failed(errors);
  return {0, request.quiet ? "" : to_table(*synthesis), ""};
}

}  // namespace

Answer run_synth(int argc, const char* const* argv) {
  CLI::App app("Synthesizes a written design with Yosys, times it with OpenSTA, and adds the figures to its report.",
               "sluice synth");
  app.set_help_flag("-h,--help", "print this help");
  Request request;
  add_options(app, request);
  if (auto answer = parse(app, argc, argv)) return *std::move(answer);
  return run(request);
}

}  // namespace sluice
