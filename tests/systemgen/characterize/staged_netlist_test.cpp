#include "systemgen/characterize/staged_netlist.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "systemgen/characterize/measure_fpga.hpp"

using namespace sluice;

namespace {

std::string reg(const std::string& name, const std::string& from, const std::string& to) {
  return fmt::format(
      R"("{}": {{"type": "sluice_register", "port_directions": {{"clk": "input", "d_i": "input", "d_o": "output"}},
         "connections": {{"clk": [2], "d_i": [{}], "d_o": [{}]}}}})",
      name, from, to);
}

std::string cell(const std::string& name, const std::string& type, const std::string& inputs,
                 const std::string& output) {
  return fmt::format(
      R"("{}": {{"type": "{}", "port_directions": {{"I": "input", "O": "output"}},
         "connections": {{"I": [{}], "O": [{}]}}}})",
      name, type, inputs, output);
}

std::string netlist(const std::string& cells, int output) {
  return fmt::format(
      R"({{"modules": {{"unit_top": {{"ports": {{"clk": {{"direction": "input", "bits": [2]}},
         "a": {{"direction": "input", "bits": [3, 4]}}, "y": {{"direction": "output", "bits": [{}]}}}},
         "cells": {{{}}}}}}}}})",
      output, cells);
}

/// Two stages: input registers 3 -> 10 and 4 -> 11; LUT 10, 11 -> 12; register 12 -> 13; LUT 13 -> 14 -> MUXF 15;
/// register 15 -> 16 at the output. Beside it a LUT 11 -> 20 and a register, 20 -> 21, that nothing reads.
std::string two_stages() {
  return netlist(reg("in", "3, 4", "10, 11") + "," + cell("l1", "LUT2", "10, 11, \"1\"", "12") + "," +
                     reg("cut", "12", "13") + "," + cell("l2", "LUT1", "13", "14") + "," +
                     cell("m", "MUXF7", "14, 13", "15") + "," + reg("out", "15", "16") + "," +
                     cell("dead", "LUT1", "11", "20") + "," + reg("dead_q", "20", "21"),
                 16);
}

Fabric fabric() {
  Fabric fabric;
  fabric.register_ps = 50;
  fabric.net_ps = 100;
  fabric.multiplier_ps = 700;
  fabric.cells = {{"LUT", 10, false, "", "", 0, 0, {}}, {"MUXF", 3, true, "", "", 0, 0, {}}};
  return fabric;
}

}  // namespace

TEST_CASE("cells and registers are sorted into stages, and what has no effect is left out") {
  const auto staged = StagedNetlist::read(two_stages(), "unit_top");
  REQUIRE_MESSAGE(staged, to_string(staged.errors()));
  CHECK(staged->stages() == 2);
  std::map<std::string, int> stages;
  for (const auto& c : staged->cells()) stages[c.name] = c.stage;
  CHECK(stages == std::map<std::string, int>{{"l1", 0}, {"l2", 1}, {"m", 1}});
  std::multiset<int> registers;
  for (const auto& held : staged->registers()) registers.insert(held.stage);
  CHECK(registers == std::multiset<int>{-1, -1, 0, 1});
}

TEST_CASE("the stages are written for Yosys, each marked, or left out") {
  const auto staged = StagedNetlist::read(two_stages(), "unit_top").value();
  const auto json = nlohmann::json::parse(staged.json("unit_top", [](int stage) { return stage == 1; }));
  const auto& cells = json["modules"]["unit_top"]["cells"];
  CHECK(!cells.contains("l1"));
  CHECK(cells["l2"]["attributes"]["submod"] == "stage_1");
  int at_inputs = 0;
  for (const auto& item : cells.items()) at_inputs += item.key().starts_with("reg_in_") ? 1 : 0;
  CHECK(at_inputs == 2);
}

TEST_CASE("paths go through wires and cells and neighbours need no wire") {
  const auto staged = StagedNetlist::read(two_stages(), "unit_top").value();
  CHECK(longest_paths(staged, fabric()) == std::vector<double>{110, 113});
}

TEST_CASE("a carry chain has its own delays") {
  const auto carry = [](const std::string& name, const std::string& input, const std::string& chain,
                        const std::string& out, const std::string& chain_out) {
    return fmt::format(
        R"("{}": {{"type": "CARRY4", "port_directions": {{"S": "input", "CI": "input", "O": "output", "CO": "output"}},
           "connections": {{"S": [{}], "CI": [{}], "O": [{}], "CO": [{}]}}}})",
        name, input, chain, out, chain_out);
  };
  const auto staged =
      StagedNetlist::read(netlist(reg("in", "3, 4", "10, 11") + "," + carry("c0", "10", "\"0\"", "12", "13") + "," +
                                      carry("c1", "11", "13", "14", "15") + "," + carry("c2", "11", "15", "16", "17") +
                                      "," + reg("out", "16", "18"),
                                  18),
                          "unit_top");
  REQUIRE(staged);
  Fabric carries = fabric();
  carries.cells = {{"CARRY4", 200, false, "CI", "CO", 5, 20, {{"S", 150}}}};
  CHECK(longest_paths(*staged, carries) == std::vector<double>{100 + 150 + 5 + 20});
}

TEST_CASE("the register after a hard multiplier goes into it") {
  std::vector<StageFigures> stages{{1050, 0, 0}, {2050, 0, 2}, {50, 0, 0}, {50, 0, 0}};
  share_multipliers(stages, fabric());
  CHECK(stages[0].period_ps == 1050);
  CHECK(stages[1].period_ps == 850);
  CHECK(stages[2].period_ps == 1250);
  CHECK(stages[3].period_ps == 50);
}

TEST_CASE("a cycle without a register and other texts are errors") {
  const auto loop = StagedNetlist::read(
      netlist(cell("a", "LUT1", "11", "10") + "," + cell("b", "LUT1", "10", "11") + "," + reg("out", "10", "12"), 12),
      "unit_top");
  REQUIRE(!loop);
  CHECK(to_string(loop.errors()).find("combinational cycle") != std::string::npos);
  CHECK(!StagedNetlist::read("{}", "unit_top"));
  CHECK(!StagedNetlist::read("no json", "unit_top"));
}
