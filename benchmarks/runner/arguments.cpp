#include "benchmarks/runner/arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "systemgen/cli/numbers.hpp"
#include "systemgen/cli/parse.hpp"

namespace sluice::bench {
namespace {

/// The command line as text, before it is given a meaning.
struct Raw {
  std::string filter;
  std::string out = "bench";
  std::string sluice;
  std::string models;
  std::string page;
  std::string baseline;
  std::int64_t timeout = 900;
  std::int64_t synthesis_timeout = 1800;
};

std::string check_regex(const std::string& text) {
  try {
    const std::regex compiled(text);
    return "";
  } catch (const std::regex_error& error) {
    return "'" + text + "' is not a regular expression: " + error.what();
  }
}

std::vector<std::string> suite_names() {
  std::vector<std::string> names;
  for (const auto& suite : suites()) names.emplace_back(suite.name);
  return names;
}

void add_selection(CLI::App& app, Raw& raw, Arguments& arguments) {
  app.add_option("suites", arguments.selection.suites, "suites to run; default: all")
      ->check(CLI::IsMember(suite_names()))
      ->type_name("SUITE");
  app.add_option("--filter", raw.filter, "only cases whose SUITE/MODEL/CONFIGURATION has this in it")
      ->check(check_regex)
      ->type_name("REGEX");
  app.add_flag("--fast", arguments.selection.fast, "only the fast subset");
  app.add_option("--models", raw.models, "folder of the suite `models`, a folder with model.onnx each")
      ->type_name("DIR");
  app.add_flag("--list", arguments.list, "print the names of the cases, and run none");
}

void add_running(CLI::App& app, Raw& raw, Arguments& arguments) {
  BatchOptions& batch = arguments.batch;
  app.add_option("--jobs", batch.jobs, "cases at a time; more than 1 blurs times")
      ->check(CLI::Range(1, 1024))
      ->type_name("N")
      ->capture_default_str();
  app.add_flag("--fresh,!--resume", batch.fresh,
               "run cases again that are done with the same program, model and options; --resume is the default");
  app.add_option("--sluice", raw.sluice, "the program to measure; default: `sluice` beside this one")
      ->type_name("PATH");
  app.add_option("--timeout", raw.timeout, "seconds for each program that is started")
      ->check(CLI::Range(1, 1000000))
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--synth-timeout", raw.synthesis_timeout, "seconds for each synthesis; a case is good without it")
      ->check(CLI::Range(1, 1000000))
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--max-cycles", batch.cases.most_cycles, "designs that take more cycles are only compiled")
      ->check(check_positive)
      ->type_name("N")
      ->capture_default_str();
  app.add_flag("--keep", batch.cases.keep, "keep the written designs");
}

void add_design(CLI::App& app, Arguments& arguments) {
  CaseOptions& cases = arguments.batch.cases;
  app.add_option("--target", cases.target, "target of the designs")->type_name("NAME")->capture_default_str();
  app.add_option("--clock", cases.clock_ns, "clock period in ns")
      ->check(check_positive)
      ->type_name("NS")
      ->capture_default_str();
  app.add_option("--simulator", cases.simulator, "simulator; auto: the one that is likely to be done first")
      ->check(CLI::IsMember({"auto", "icarus", "verilator"}))
      ->type_name("NAME")
      ->capture_default_str();
  app.add_flag("--synth", cases.synthesise, "synthesise the designs too; an ASIC target needs $SLUICE_LIBERTY");
}

void add_comparison(CLI::App& app, Raw& raw, Arguments& arguments) {
  auto* compare = app.add_option("--compare", raw.baseline, "compare with a baseline; worse by more than 2% fails")
                      ->type_name("FILE.json");
  app.add_flag("--update-baseline", arguments.update_baseline, "put the results into the baseline instead")
      ->needs(compare);
}

std::filesystem::path beside_this_program() {
  std::error_code ignored;
  return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path() / "sluice";
}

void interpret(const Raw& raw, Arguments& arguments) {
  CaseOptions& cases = arguments.batch.cases;
  cases.out = raw.out;
  cases.sluice =
      std::filesystem::absolute(raw.sluice.empty() ? beside_this_program() : std::filesystem::path(raw.sluice));
  cases.timeout = std::chrono::seconds(raw.timeout);
  cases.synthesis_timeout = std::chrono::seconds(raw.synthesis_timeout);
  if (!raw.filter.empty()) arguments.selection.filter = std::regex(raw.filter);
  arguments.selection.suite_options.models = raw.models;
  arguments.baseline = raw.baseline;
  arguments.page = raw.page.empty() ? raw.out : raw.page;
}

std::string footer() {
  std::string text = "Suites:\n";
  for (const auto& suite : suites()) text += fmt::format("  {:<12} {}\n", suite.name, suite.summary);
  return text +
         "\nExit codes: 0 done, 1 something cannot be read or written, 2 wrong usage, 3 a case differs or failed, or "
         "is "
         "worse than the baseline.";
}

}  // namespace

std::variant<Arguments, Answer> parse_arguments(int argc, const char* const* argv) {
  CLI::App app("Compiles models in many configurations with `sluice`, simulates them, and keeps the figures.",
               "sluice_bench");
  app.set_help_flag("-h,--help", "print this help");
  app.footer(footer());
  Raw raw;
  Arguments arguments;
  add_selection(app, raw, arguments);
  app.add_option("--out", raw.out, "folder of everything that is written")->type_name("DIR")->capture_default_str();
  add_running(app, raw, arguments);
  add_design(app, arguments);
  add_comparison(app, raw, arguments);
  auto* report = app.add_subcommand("report", "writes RESULTS.md and RESULTS.html from the results in a folder");
  report->add_option("--out", raw.out, "folder of the results")->type_name("DIR")->capture_default_str();
  report->add_option("--page", raw.page, "folder of the page and its plots; default: that of the results")
      ->type_name("DIR");
  if (auto answer = parse(app, argc, argv)) return *std::move(answer);
  arguments.report = report->parsed();
  interpret(raw, arguments);
  return arguments;
}

}  // namespace sluice::bench
