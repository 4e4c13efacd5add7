#include "systemgen/synth/memory_macro.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace sluice {
namespace {

/// A port of a memory, as sluice_ram and sluice_rom have it.
struct MacroPort {
  std::string name;
  int bits = 1;
  bool output = false;
};

std::vector<MacroPort> ports(const MemoryShape& shape) {
  const int address = std::max(1, static_cast<int>(std::bit_width(static_cast<unsigned>(shape.depth - 1))));
  std::vector<MacroPort> list;
  if (shape.writable) {
    list = {{"write_enable_i"}, {"write_address_i", address}, {"write_data_i", shape.width}};
  }
  list.push_back({"read_enable_i"});
  list.push_back({"read_address_i", address});
  list.push_back({"read_data_o", shape.width, true});
  return list;
}

/// Set-up of an input, or clock to output, the same for all slopes and loads.
std::string timing(const MacroPort& port, const Target& target) {
  if (port.output) {
    return fmt::format(
        "timing () {{ related_pin : \"clk\"; timing_type : rising_edge; timing_sense : non_unate; "
        "cell_rise (scalar) {{ values (\"{0}\"); }} cell_fall (scalar) {{ values (\"{0}\"); }} "
        "rise_transition (scalar) {{ values (\"10\"); }} fall_transition (scalar) {{ values (\"10\"); }} }}",
        target.memory_read_ps());
  }
  return fmt::format(
      "timing () {{ related_pin : \"clk\"; timing_type : setup_rising; rise_constraint (scalar) {{ values (\"{0}\"); "
      "}} "
      "fall_constraint (scalar) {{ values (\"{0}\"); }} }}",
      target.memory_setup_ps());
}

std::string pin_text(const MacroPort& port, const Target& target) {
  const std::string attributes =
      fmt::format("direction : {}; capacitance : {};", port.output ? "output" : "input", port.output ? 0 : 2);
  if (port.bits == 1 && !port.output) {
    return fmt::format("    pin ({}) {{ {} {} }}\n", port.name, attributes, timing(port, target));
  }
  return fmt::format("    bus ({}) {{ bus_type : bits_{}; {} {} }}\n", port.name, port.bits, attributes,
                     timing(port, target));
}

std::string cell_text(const MemoryShape& shape, const Target& target) {
  std::string text = fmt::format("  cell ({}) {{\n    area : 0;\n    interface_timing : true;\n", macro_name(shape));
  text += "    pin (clk) { direction : input; capacitance : 2; clock : true; }\n";
  for (const auto& port : ports(shape)) text += pin_text(port, target);
  return text + "  }\n";
}

}  // namespace

bool is_macro(const MemoryShape& shape) { return shape.bits() > kLargestLogicMemoryBits; }

std::string macro_name(const MemoryShape& shape) {
  return fmt::format("sluice_macro_{}_{}x{}", shape.writable ? "ram" : "rom", shape.depth, shape.width);
}

std::string macro_liberty(std::span<const MemoryShape> shapes, const Target& target) {
  std::string text =
      "library (sluice_macros) {\n  delay_model : table_lookup;\n  time_unit : \"1ps\";\n  voltage_unit : \"1V\";\n"
      "  current_unit : \"1mA\";\n  pulling_resistance_unit : \"1kohm\";\n  capacitive_load_unit (1, ff);\n"
      "  input_threshold_pct_rise : 50;\n  input_threshold_pct_fall : 50;\n  output_threshold_pct_rise : 50;\n"
      "  output_threshold_pct_fall : 50;\n  slew_lower_threshold_pct_rise : 20;\n"
      "  slew_lower_threshold_pct_fall : 20;\n  slew_upper_threshold_pct_rise : 80;\n"
      "  slew_upper_threshold_pct_fall : 80;\n";
  std::vector<int> widths;
  for (const auto& shape : shapes) {
    for (const auto& port : ports(shape)) widths.push_back(port.bits);
  }
  std::sort(widths.begin(), widths.end());
  widths.erase(std::unique(widths.begin(), widths.end()), widths.end());
  for (const int bits : widths) {
    text += fmt::format(
        "  type (bits_{0}) {{ base_type : array; data_type : bit; bit_width : {0}; bit_from : {1}; bit_to : 0; "
        "downto : true; }}\n",
        bits, bits - 1);
  }
  for (const auto& shape : shapes) text += cell_text(shape, target);
  return text + "}\n";
}

std::string macro_modules(std::span<const MemoryShape> shapes) {
  std::string text;
  for (const auto& shape : shapes) {
    text += fmt::format("(* blackbox *)\nmodule {} (\n  input wire clk", macro_name(shape));
    for (const auto& port : ports(shape)) {
      const std::string range = port.bits > 1 || port.output ? fmt::format(" [{}:0]", port.bits - 1) : "";
      text += fmt::format(",\n  {} wire{} {}", port.output ? "output" : "input", range, port.name);
    }
    text += "\n);\nendmodule\n";
  }
  return text;
}

std::string macro_wrapper(std::span<const MemoryShape> shapes, bool writable) {
  const std::string name = writable ? "sluice_ram" : "sluice_rom";
  const std::string write_ports = writable
                                      ? "  input wire write_enable_i,\n  input wire [ADDRESS-1:0] write_address_i,\n"
                                        "  input wire [WIDTH-1:0] write_data_i,\n"
                                      : "";
  std::string connections = ".clk(clk)";
  for (const auto& port : ports({writable, 1, 2})) connections += fmt::format(", .{0}({0})", port.name);

  std::string text = fmt::format(
      "module {} #(\n  parameter WIDTH = 32,\n  parameter DEPTH = 1024,\n"
      "  parameter ADDRESS = DEPTH > 1 ? $clog2(DEPTH) : 1{}\n) (\n  input wire clk,\n{}"
      "  input wire read_enable_i,\n  input wire [ADDRESS-1:0] read_address_i,\n"
      "  output wire [WIDTH-1:0] read_data_o\n);\n  generate\n    ",
      name, writable ? "" : ",\n  parameter INIT_FILE = \"\"", write_ports);
  for (const auto& shape : shapes) {
    if (shape.writable != writable) continue;
    text += fmt::format("if (WIDTH == {} && DEPTH == {}) begin : g_{}\n      {} i_macro ({});\n    end else ",
                        shape.width, shape.depth, macro_name(shape), macro_name(shape), connections);
  }
  return text + fmt::format(
                    "begin : g_logic\n      {}_logic #(.WIDTH(WIDTH), .DEPTH(DEPTH), .ADDRESS(ADDRESS){}) i_logic "
                    "({});\n    end\n  endgenerate\nendmodule\n",
                    name, writable ? "" : ", .INIT_FILE(INIT_FILE)", connections);
}

}  // namespace sluice
