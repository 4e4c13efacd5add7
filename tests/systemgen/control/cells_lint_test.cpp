#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>

#include "rtlgen/units/units.hpp"
#include "systemgen/control/cells.hpp"
#include "systemgen/verify/process.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;

namespace {

struct Parameter {
  std::string name;
  int value = 1;
};

/// A cell as the top module.
struct Use {
  std::string cell;
  std::vector<Parameter> parameters;
};

std::vector<Use> uses() {
  std::vector<Use> list;
  for (const auto& file : control_verilog())
    list.push_back({std::string(file.name.substr(0, file.name.size() - 2)), {}});
  for (const int count : {1, 5}) list.push_back({"sluice_count", {{"COUNT", count}}});
  list.push_back({"sluice_run", {{"FIRINGS", 1}}});
  list.push_back({"sluice_controller", {{"FIRINGS", 1}}});
  list.push_back({"sluice_controller", {{"GATES", 3}, {"FIRINGS", 5}, {"STEP_BITS", 3}}});
  list.push_back({"sluice_controller", {{"FIRINGS", 1}, {"STEP_BITS", 7}}});
  for (const std::string cell : {"sluice_chunks", "sluice_axis_receive", "sluice_axis_send"}) {
    for (const int chunk : {1, 2, 3}) list.push_back({cell, {{"CHUNK", chunk}}});
  }
  for (const std::string cell : {"sluice_ram_wide_write", "sluice_ram_wide_read"}) {
    for (const int depth : {1, 2, 5, 40}) list.push_back({cell, {{"BANKS", 3}, {"LANES", 4}, {"DEPTH", depth}}});
  }
  for (const std::string cell : {"sluice_bank_walk", "sluice_bank_scatter", "sluice_bank_gather"}) {
    list.push_back({cell, {{"DIMENSIONS", 3}, {"ADDRESS_BITS", 5}}});
    list.push_back({cell, {{"ADDRESS_BITS", 5}, {"RING", 27}}});
  }
  for (const std::string cell : {"sluice_bank_scatter", "sluice_bank_gather"}) {
    list.push_back({cell, {{"COUNT", 1}}});
    list.push_back({cell, {{"COUNT", 3}, {"BANK_BITS", 2}}});
  }
  return list;
}

/// Each parameter in the form in which a tool takes it.
std::string set(const Use& use, const std::string& form) {
  std::string text;
  for (const auto& parameter : use.parameters) {
    text += fmt::format(fmt::runtime(form), fmt::arg("cell", use.cell), fmt::arg("name", parameter.name),
                        fmt::arg("value", parameter.value));
  }
  return text;
}

/// Runs one command for all uses; none says anything.
template <typename Command>
void check_silent(const Command& command) {
  const test::TemporaryFolder place;
  for (const auto& file : control_verilog()) std::ofstream(place.path() / file.name) << file.text;
  std::ofstream(place.path() / "sluice_ram.v") << unit_verilog("sluice_ram");
  std::string script;
  for (const auto& use : uses()) script += command(use) + " || echo failed: " + use.cell + "\n";
  const auto result = run_process({"sh", "-c", script}, place.path(), std::chrono::seconds(600));
  REQUIRE(result.has_value());
  CHECK(result->exit_code == 0);
  CHECK(result->output == "");
}

}  // namespace

TEST_CASE("the cells of a system are clean for Icarus") {
  check_silent([](const Use& use) {
    return fmt::format("iverilog -g2005 -Wall -Wno-timescale -o /dev/null -s {} {} *.v", use.cell,
                       set(use, " -P{cell}.{name}={value}"));
  });
}

TEST_CASE("the cells of a system are clean for Verilator") {
  check_silent([](const Use& use) {
    return fmt::format("verilator --lint-only -Wall --top-module {} {} *.v", use.cell, set(use, " -G{name}={value}"));
  });
}

TEST_CASE("the cells of a system are clean for Yosys") {
  check_silent([](const Use& use) {
    const auto parameters = set(use, " -set {name} {value}");
    const auto change = parameters.empty() ? "" : fmt::format("chparam {} {};", parameters, use.cell);
    return fmt::format("yosys -q -p 'read_verilog *.v; {} hierarchy -check -top {}; proc; check -assert'", change,
                       use.cell);
  });
}
