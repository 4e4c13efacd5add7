#include "systemgen/characterize/unit_case.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "rtlgen/units/multiplier/product_files.hpp"

namespace sluice {
namespace {

constexpr std::array kFloats{kBfloat16, kFloat16, kFloat32, FloatFormat{8, 31}, kFloat64};
constexpr std::array kIntegers{8, 16, 24, 32, 48, 64};
constexpr std::array kProducts{8, 12, 16, 18, 25, 32, 34, 48, 64};
constexpr std::array kLogic{1, 8, 32, 64};

ScalarType integer(int width) { return ScalarType::signed_integer(width); }

void add_float_units(std::vector<UnitCase>& cases, FloatFormat format) {
  const auto type = ScalarType::floating(format);
  const auto number = integer(format.width() > 40 ? 64 : 32);
  const auto narrower = ScalarType::floating({format.exponent_bits, format.mantissa_bits - 1});
  for (const char* unit : {"fp_add", "fp_mul", "fp_minmax"}) cases.push_back({unit, type, {unit, {type, type}, type}});
  if (format != kFloat64) {  // the rows of the widest take long to synthesize and are well estimated from narrower ones
    cases.push_back({"fp_div", type, {"fp_div", {type, type}, type}});
    cases.push_back({"fp_sqrt", type, {"fp_sqrt", {type}, type}});
  }
  cases.push_back({"fp_cmp", type, {"fp_cmp", {type, type}, ScalarType::boolean()}});
  cases.push_back({"fp_from_int", type, {"fp_from_int", {number}, type}});
  cases.push_back({"fp_to_int", type, {"fp_to_int", {type}, number, 0, fp::Rounding::nearest_even}});
  cases.push_back({"fp_convert", type, {"fp_convert", {type}, narrower}});
  cases.push_back({"logic", type, {}});
}

void add_integer_units(std::vector<UnitCase>& cases, int width) {
  const auto type = integer(width);
  for (const char* unit : {"int_add", "int_minmax"}) cases.push_back({unit, type, {unit, {type, type}, type}});
  cases.push_back({"int_cmp", type, {"int_cmp", {type, type}, ScalarType::boolean()}});
  const auto amount = ScalarType::unsigned_integer(width > 32 ? 7 : 6);
  cases.push_back({"shift", type, {"shift", {type, amount}, type}});
}

/// The text after `mark` in the head of the unit's file.
std::string_view after(std::string_view text, std::string_view mark) {
  const auto begin = text.find(mark);
  if (begin == std::string_view::npos) return {};
  const auto from = begin + mark.size();
  return text.substr(from, text.find('\n', from) - from);
}

/// "7", "MAN + 3" or "MAN+3 ..." with MAN put in.
int formula(std::string_view text, int mantissa_bits) {
  int value = 0;
  if (text.starts_with("MAN")) {
    value = mantissa_bits;
    text.remove_prefix(3);
    while (text.starts_with(' ') || text.starts_with('+')) text.remove_prefix(1);
  }
  int constant = 0;
  std::from_chars(text.data(), text.data() + text.size(), constant);
  return value + constant;
}

struct Signal {
  std::string name;
  int width = 1;
};

/// `text` between registers for the inputs, which it knows by their names with _q, and one for y.
std::string between_registers(const std::vector<Signal>& inputs, int result_width, const std::string& text) {
  std::string head = "module unit_top (\n  input wire clk";
  std::string body;
  for (const auto& [name, width] : inputs) {
    head += fmt::format(",\n  input wire [{}:0] {}", width - 1, name);
    body += fmt::format(
        "  wire [{1}:0] {0}_q;\n  sluice_register #(.WIDTH({2})) i_{0} (.clk(clk), .d_i({0}), "
        ".d_o({0}_q));\n",
        name, width - 1, width);
  }
  head += fmt::format(",\n  output wire [{}:0] y_q\n);\n", result_width - 1);
  body += fmt::format("  wire [{0}:0] y;\n{1}  sluice_register #(.WIDTH({2})) i_y (.clk(clk), .d_i(y), .d_o(y_q));\n",
                      result_width - 1, text, result_width);
  return head + body + "endmodule\n";
}

}  // namespace

std::vector<UnitCase> unit_cases() {
  std::vector<UnitCase> cases;
  for (const auto format : kFloats) add_float_units(cases, format);
  for (const int width : kIntegers) add_integer_units(cases, width);
  for (const int width : kProducts) {
    const auto type = integer(width);
    cases.push_back({"int_mul", type, {"int_mul", {type, type}, integer(std::min(64, 2 * width))}});
  }
  for (const int width : kLogic) cases.push_back({"logic", integer(width), {}});
  return cases;
}

CutsOfUnit cuts_of(const UnitCase& unit_case) {
  if (unit_case.unit == "logic") return {};
  const auto text = unit_verilog("sluice_" + unit_case.unit);
  const int mantissa_bits = unit_case.type.is_float() ? unit_case.type.format().mantissa_bits : 0;
  CutsOfUnit cuts;
  cuts.cuts = formula(after(text, "// cuts: "), mantissa_bits);
  if (const auto last_row = after(text, "// segments 0 to MAN"); !last_row.empty()) {
    cuts.more_rows = formula(last_row.substr(last_row.starts_with('+') ? 1 : 0), 0) + 1;
    cuts.rows = mantissa_bits + cuts.more_rows;
  }
  return cuts;
}

std::string wrapper(const UnitCase& unit_case, bool piped) {
  if (unit_case.unit == "logic") {
    const int width = unit_case.type.width();
    return between_registers({{"a_i", width}, {"b_i", width}}, width, "  assign y = a_i_q ^ b_i_q;\n");
  }
  UnitUse use = unit_case.use;
  use.cuts = piped ? low_bits(cuts_of(unit_case).cuts) : 0;
  const auto interface = unit_interface(use);
  std::string parameters;
  for (const auto& [name, value] : interface.parameters) {
    parameters += fmt::format("{}.{}({})", parameters.empty() ? "" : ", ", name, value);
  }
  std::vector<Signal> inputs;
  std::string ports;
  int result_width = 1;
  for (const auto& port : interface.ports) {
    const bool clock = port.name == "clk";
    const bool input = port.direction == Direction::input;
    if (input && !clock) inputs.push_back({port.name, port.width});
    if (!input) result_width = port.width;
    ports += fmt::format("{}.{}({})", ports.empty() ? "" : ", ", port.name,
                         clock   ? "clk"
                         : input ? port.name + "_q"
                                 : "y");
  }
  return between_registers(inputs, result_width,
                           fmt::format("  {} #({}) i_unit ({});\n", interface.module, parameters, ports));
}

std::string register_wrapper() { return between_registers({{"a_i", 1}}, 4, "  assign y = {4{a_i_q}};\n"); }

std::string held_register_wrapper() {
  return between_registers({{"a_i", 1}, {"enable_i", 1}, {"held_i", 4}}, 4,
                           "  assign y = enable_i_q ? {4{a_i_q}} : held_i_q;\n");
}

std::string multiplexer_wrapper(int inputs) {
  constexpr int kWidth = 32;
  std::string text = fmt::format("  assign y = ({{{}{{s_i_q[0]}}}} & a_i_q[{}:0])", kWidth, kWidth - 1);
  for (int i = 1; i < inputs; ++i) {
    text += fmt::format("\n    | ({{{}{{s_i_q[{}]}}}} & a_i_q[{}:{}])", kWidth, i, kWidth * (i + 1) - 1, kWidth * i);
  }
  return between_registers({{"s_i", inputs}, {"a_i", kWidth * inputs}}, kWidth, text + ";\n");
}

std::string unit_text(const UnitCase& unit_case, const Multiplier& multiplier) {
  if (unit_case.unit == "logic") return "";
  const auto interface = unit_interface(unit_case.use);
  std::set<ProductSize> sizes;
  if (const auto size = product_size({interface.module, "i_unit", interface.parameters, {}, ""})) sizes.insert(*size);
  std::string text;
  const std::vector<std::string> modules{interface.module};
  for (const auto& file : unit_files(modules, multiplier, sizes)) {
    if (file.name != "sluice_pipe.v") text += file.text;
  }
  return text +
         "module sluice_pipe #(parameter WIDTH = 1, parameter ENABLE = 0) (\n"
         "  input wire clk, input wire [WIDTH-1:0] d_i, output wire [WIDTH-1:0] d_o\n);\n  generate\n"
         "    if (ENABLE != 0) begin : g_register\n"
         "      sluice_register #(.WIDTH(WIDTH)) i_register (.clk(clk), .d_i(d_i), .d_o(d_o));\n"
         "    end else begin : g_wire\n      assign d_o = d_i;\n    end\n  endgenerate\nendmodule\n";
}

std::string register_black_box() {
  return "(* blackbox *)\nmodule sluice_register #(parameter WIDTH = 1) (\n"
         "  input wire clk, input wire [WIDTH-1:0] d_i, output wire [WIDTH-1:0] d_o\n);\nendmodule\n";
}

}  // namespace sluice
