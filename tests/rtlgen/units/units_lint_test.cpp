#include <doctest/doctest.h>

#include "tests/rtlgen/units/unit_bench.hpp"

using namespace sluice;

namespace {

/// A module `lint_top` with every unit at every type and mask of the simulation, each on ports of its own, and
/// memories.
std::string lint_top() {
  std::vector<std::string> ports{"input wire clk"};
  std::string instances;
  const auto add_port = [&](const std::string& direction, int width, const std::string& name) {
    ports.push_back(fmt::format("{} wire [{}:0] {}", direction, width - 1, name));
    return name;
  };
  for (const auto& unit_case : unit_cases(1)) {
    auto use = unit_case.use;
    const VectorLayout layout(use);
    const auto name = unit_case.name();
    const auto a = add_port("input", layout.a_bits, name + "_a");
    const auto b = layout.b_bits > 0 ? add_port("input", layout.b_bits, name + "_b") : "";
    const auto mode = layout.mode_bits > 0 ? add_port("input", layout.mode_bits, name + "_mode") : "";
    for (std::size_t i = 0; i < unit_case.cuts.size(); ++i) {
      use.cuts = unit_case.cuts[i] & low_bits(declared_cuts(use));
      const auto label = fmt::format("{}_{}", name, i);
      const auto y = add_port("output", layout.y_bits, label + "_y");
      instances += instance_text(use, "i_" + label, a, b, mode, y);
    }
  }
  for (const auto& [width, depth, address] : {std::tuple{32, 1024, 10}, {7, 100, 7}, {1, 1, 1}}) {
    const auto label = fmt::format("memory_{}", depth);
    const auto enable = add_port("input", 1, label + "_enable");
    const auto place = add_port("input", address, label + "_address");
    const auto data = add_port("input", width, label + "_data");
    instances += fmt::format(
        "  sluice_ram #(.WIDTH({0}), .DEPTH({1})) i_ram_{1} (.clk(clk), .write_enable_i({2}), .write_address_i({3}), "
        ".write_data_i({4}), .read_enable_i({2}), .read_address_i({3}), .read_data_o({5}));\n"
        "  sluice_registers #(.WIDTH({0}), .DEPTH({1})) i_registers_{1} (.clk(clk), .write_enable_i({2}), "
        ".write_address_i({3}), .write_data_i({4}), .read_address_i({3}), .read_data_o({7}));\n"
        "  sluice_rom #(.WIDTH({0}), .DEPTH({1}), .INIT_FILE(\"rom_{1}.mem\")) i_rom_{1} (.clk(clk), "
        ".read_enable_i({2}), .read_address_i({3}), .read_data_o({6}));\n",
        width, depth, enable, place, data, add_port("output", width, label + "_ram"),
        add_port("output", width, label + "_rom"), add_port("output", width, label + "_registers"));
  }
  return fmt::format("module lint_top (\n    {}\n);\n{}endmodule\n", fmt::join(ports, ",\n    "), instances);
}

void write_lint_top(const TemporaryFolder& folder) {
  folder.write_units();
  folder.write("lint_top.v", lint_top());
  for (const int depth : {1024, 100, 1}) {
    std::string words;
    for (int i = 0; i < depth; ++i) words += "1\n";
    folder.write(fmt::format("rom_{}.mem", depth), words);
  }
}

/// The command succeeds without saying anything.
void check_silent(const std::string& command) {
  const TemporaryFolder folder;
  write_lint_top(folder);
  const auto outcome = folder.run(command);
  CHECK(outcome.status == 0);
  CHECK(outcome.output == "");
}

}  // namespace

TEST_CASE("the units are clean under Icarus") {
  check_silent("iverilog -g2005 -Wall -o /dev/null -s lint_top lint_top.v sluice_*.v");
}

TEST_CASE("the units are clean under Verilator") { check_silent("verilator --lint-only -Wall -y . lint_top.v"); }

TEST_CASE("the units are clean under Yosys") {
  check_silent("yosys -q -p 'read_verilog lint_top.v sluice_*.v; hierarchy -check -top lint_top; proc; check -assert'");
}

TEST_CASE("each file is clean as a top of its own") {
  const TemporaryFolder folder;
  folder.write_units();
  for (const auto& file : unit_verilog()) {
    CAPTURE(file.name);
    const auto module = std::string(file.name.substr(0, file.name.size() - 2));
    const auto outcome = folder.run(fmt::format("verilator --lint-only -Wall -y . --top-module {0} {0}.v", module));
    CHECK(outcome.status == 0);
    CHECK(outcome.output == "");
  }
}
