#include "systemgen/cli/characterize.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <thread>

#include "systemgen/characterize/characterize.hpp"
#include "systemgen/characterize/measure_asic.hpp"
#include "systemgen/characterize/measure_fpga.hpp"
#include "systemgen/cli/numbers.hpp"
#include "systemgen/cli/parse.hpp"
#include "systemgen/synth/tool.hpp"

namespace sluice {
namespace {

struct Request {
  CharacterizeOptions options;
  std::string liberty;
  std::string family;
  std::string output;
  double clock_ns = 0;
  int memory_read_ps = 0;
  int memory_setup_ps = 0;
  double margin_percent = 20;
  bool quiet = false;
};

void add_options(CLI::App& app, Request& request) {
  auto* technology = app.add_option_group("technology", "one of");
  technology->add_option("--liberty", request.liberty, "library of standard cells to measure")->type_name("FILE");
  technology->add_option("--family", request.family, "family of FPGAs to measure: xc7, ecp5, ice40")->type_name("NAME");
  technology->require_option(1);
  app.add_option("--name", request.options.name, "of the target; default: the library's or the family's")
      ->type_name("NAME");
  app.add_option("-o", request.output, "target file to write; default: <name>.json")->type_name("FILE");
  app.add_option("--clock", request.clock_ns, "default clock period of designs, in ns; default: 1, or the family's")
      ->check(check_positive)
      ->type_name("NS");
  app.add_option("--margin", request.margin_percent, "what delays have more than was measured, in percent")
      ->check(check_not_negative)
      ->type_name("PERCENT")
      ->capture_default_str();
  app.add_option("--memory-read", request.memory_read_ps, "clock to data of a memory of a library")
      ->check(check_positive)
      ->type_name("PS");
  app.add_option("--memory-setup", request.memory_setup_ps, "set-up of a memory of a library")
      ->check(check_positive)
      ->type_name("PS");
  app.add_option("--description", request.options.description, "what the library is: process, corner, licence")
      ->type_name("TEXT");
  app.add_option("--jobs", request.options.jobs, "measurements at the same time; default: one for each processor")
      ->check(check_positive)
      ->type_name("N");
  app.add_flag("--quiet", request.quiet, "errors only");
}

/// What a reader of the file of a library must know.
std::string describe_library(const Request& request, const std::string& library) {
  std::string text = request.options.description.empty() ? "Library " + library + "." : request.options.description;
  text += fmt::format(
      " Made by `sluice characterize --liberty FILE --clock {} --margin {}` with Yosys, ABC and OpenSTA: each segment "
      "is "
      "synthesized for speed, without wires, and delays are {} % more than measured. Areas are those of the fastest "
      "logic, without registers. ",
      request.options.clock_ns, request.margin_percent, request.margin_percent);
  return text + (request.memory_read_ps > 0 && request.memory_setup_ps > 0
                     ? "Memory times were given."
                     : "A library of cells has no memories: a read is taken as 4 times a register's clock to output "
                       "and set-up, the set-up of a memory as once that, where they were not given.");
}

Expected<Measure> library_measure(Request& request) {
  auto liberty = read_liberty(request.liberty);
  if (!liberty) return liberty.errors();
  CharacterizeOptions& options = request.options;
  if (options.name.empty()) options.name = liberty->name;
  options.clock_ns = request.clock_ns > 0 ? request.clock_ns : 1;
  options.description = describe_library(request, liberty->name);
  options.family = "asic";
  options.multiplier = {MultiplierForm::booth};
  options.area_unit = "um2";
  if (request.memory_read_ps > 0) options.memory_read_ps = request.memory_read_ps;
  if (request.memory_setup_ps > 0) options.memory_setup_ps = request.memory_setup_ps;
  return Measure([library = AsicLibrary{request.liberty, std::move(*liberty)}](
                     const std::string& text, const auto& wanted) { return measure_asic(text, library, wanted); });
}

Expected<Measure> family_measure(Request& request) {
  auto fabric = load_fabric(request.family);
  if (!fabric) return fabric.errors();
  const Family& family = *find_family(request.family);
  CharacterizeOptions& options = request.options;
  if (options.name.empty()) options.name = family.name;
  options.clock_ns = request.clock_ns > 0 ? request.clock_ns : fabric->default_clock_ns;
  options.description = fmt::format(
      "{} Made by `sluice characterize --family {} --margin {}` with Yosys, without place and route; delays are {} % "
      "more "
      "than these figures give.",
      fabric->description, family.name, request.margin_percent, request.margin_percent);
  options.family = family.name;
  options.area_unit = family.area_unit;
  options.registers_hold = true;
  options.memory_read_ps = fabric->memory_read_ps;
  options.memory_setup_ps = fabric->memory_setup_ps;
  options.register_words = fabric->register_words;
  options.multiplier = {MultiplierForm::operator_sign, fabric->wide_bits, fabric->narrow_bits};
  return Measure([&family, fabric = std::move(*fabric)](const std::string& text, const auto&) {
    return measure_fpga(text, family, fabric, std::chrono::hours(1));
  });
}

Answer failed(const Diagnostics& errors) { return {1, "", to_string(errors)}; }

Answer run(Request request) {
  const auto measure = request.family.empty() ? library_measure(request) : family_measure(request);
  if (!measure) return failed(measure.errors());
  request.options.margin = request.margin_percent / 100;
  Expected<std::string> text = Diagnostics{};
  {
    Progress progress(!request.quiet && isatty(STDERR_FILENO) == 1);
    text = characterize(request.options, *measure, progress);
  }
  if (!text) return failed(text.errors());
  const std::string output = request.output.empty() ? request.options.name + ".json" : request.output;
  if (auto errors = write_text(output, *text); !errors.empty()) return failed(errors);
  return {0, request.quiet ? "" : fmt::format("written to {}\n", output), ""};
}

}  // namespace

Answer run_characterize(int argc, const char* const* argv) {
  CLI::App app(
      "Measures all hardware units in a library of standard cells, or on a family of FPGAs, and writes a target file.",
      "sluice characterize");
  app.set_help_flag("-h,--help", "print this help");
  Request request;
  request.options.jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  add_options(app, request);
  if (auto answer = parse(app, argc, argv)) return *std::move(answer);
  return run(std::move(request));
}

}  // namespace sluice
