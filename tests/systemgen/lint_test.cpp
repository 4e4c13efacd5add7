#include <doctest/doctest.h>
#include <fmt/format.h>

#include "systemgen/flow.hpp"
#include "systemgen/verify/process.hpp"
#include "tests/systemgen/support/command.hpp"
#include "tests/systemgen/support/indexed_models.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

// Whole designs, as three independent tools read them: none of them finds anything to say.

using namespace sluice;

namespace {

namespace fs = std::filesystem;

/// The design's files are in `rtl`; the tools look for the memory files in the folder that they run in.
void check_silent(std::vector<std::string> command, const std::vector<std::string>& files, const fs::path& rtl) {
  command.insert(command.end(), files.begin(), files.end());
  const auto result = run_process(command, rtl, std::chrono::seconds(600));
  REQUIRE_MESSAGE(result.has_value(), command[0], " can't be started");
  CHECK_MESSAGE(result->exit_code == 0, command[0]);
  CHECK_MESSAGE(result->output == "", command[0]);
}

void lint(const std::string& top, const std::vector<std::string>& files, const fs::path& rtl) {
  check_silent({"iverilog", "-g2005", "-Wall", "-o", "/dev/null", "-s", top}, files, rtl);
  check_silent({"verilator", "--lint-only", "-Wall", "--top-module", top}, files, rtl);
  const std::string script =
      fmt::format("read_verilog {}; hierarchy -check -top {}; proc; check -assert", fmt::join(files, " "), top);
  check_silent({"yosys", "-q", "-p", script}, {}, rtl);
}

void build_and_lint(const fs::path& model) {
  CAPTURE(model.string());
  const test::TemporaryFolder place;
  FlowOptions options;
  options.model = model;
  options.output = place.path() / "out";
  options.stop_after = Stage::rtl;
  Progress silent(false);
  const auto result = run_flow(options, silent);
  REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
  std::vector<std::string> files;
  for (const auto& file : result->report.files.verilog) files.push_back(fs::path(file).filename().string());
  lint(result->report.top, files, options.output / "rtl");
}

}  // namespace

TEST_CASE("Icarus, Verilator and Yosys have nothing to say of the digits example") {
  build_and_lint(test::source_file("examples/digits/model.onnx"));
}

TEST_CASE("Icarus, Verilator and Yosys have nothing to say of the first models") {
  for (const auto& model : test::models_tagged("first")) build_and_lint(model.files.model);
}
