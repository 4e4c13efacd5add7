#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <sstream>
#include <string>

#include "rtlgen/units/units.hpp"
#include "tests/rtlgen/units/tools.hpp"
#include "tests/rtlgen/units/unit_cases.hpp"

/// How many cuts a unit has, from the line "// cuts: N" or "// cuts: MAN + N" of its file.
inline int declared_cuts(const sluice::UnitUse& use) {
  const auto text = sluice::unit_verilog("sluice_" + use.unit);
  std::string formula(text.substr(text.find("// cuts: ") + 9));
  formula.resize(formula.find('\n'));
  const bool grows = formula.starts_with("MAN + ");
  return std::stoi(grows ? formula.substr(6) : formula) + (grows ? use.result.format().mantissa_bits : 0);
}

/// The instance of a unit in Verilog, its ports on nets of the given names; y on `y`.
inline std::string instance_text(const sluice::UnitUse& use, const std::string& name, const std::string& a,
                                 const std::string& b, const std::string& mode, const std::string& y) {
  const auto interface = sluice::unit_interface(use);
  std::string parameters;
  for (const auto& [key, value] : interface.parameters) {
    parameters += fmt::format("{}.{}({})", parameters.empty() ? "" : ", ", key, value);
  }
  std::string ports;
  for (const auto& port : interface.ports) {
    const auto& net = port.name == "clk"      ? port.name
                      : port.name == "a_i"    ? a
                      : port.name == "b_i"    ? b
                      : port.name == "mode_i" ? mode
                                              : y;
    ports += fmt::format("{}.{}({})", ports.empty() ? "" : ", ", port.name, net);
  }
  return fmt::format("  {} #({}) {} ({});\n", interface.module, parameters, name, ports);
}

/// Compares a unit's output with what is expected, LATENCY cycles later; counts, and shows the first difference.
inline constexpr std::string_view kCheckModule = R"(
module unit_check #(parameter WIDTH = 1, parameter LATENCY = 0, parameter NAME = "") (
    input wire clk, input wire last_i, input wire valid_i, input wire [WIDTH-1:0] expected_i, input wire [WIDTH-1:0] y_i
);
    reg [(LATENCY+1)*(WIDTH+1)-1:0] expected_q;
    initial expected_q = 0;
    wire [(LATENCY+2)*(WIDTH+1)-1:0] all = {expected_q, valid_i, expected_i};
    wire [WIDTH:0] now = all[LATENCY*(WIDTH+1) +: WIDTH+1];
    integer checked, wrong;
    initial begin checked = 0; wrong = 0; end
    always @(posedge clk) begin
        expected_q <= all[(LATENCY+1)*(WIDTH+1)-1:0];
        if (now[WIDTH]) begin
            checked <= checked + 1;
            if (now[WIDTH-1:0] !== y_i) begin
                wrong <= wrong + 1;
                if (wrong == 0) $display("# %0s: vector %0d gives %h, not %h", NAME, checked, y_i, now[WIDTH-1:0]);
            end
        end
        if (last_i) $display("%0s %0d %0d", NAME, checked, wrong);
    end
endmodule
)";

/// Where the fields of a vector are in its word: the result lowest, then mode, b, a.
struct VectorLayout {
  explicit VectorLayout(const sluice::UnitUse& use)
      : y_bits(use.result.width()),
        mode_bits(static_cast<int>(std::bit_width(std::max<std::size_t>(1, sluice::unit_modes(use.unit).size()) - 1))),
        b_bits(use.operands.size() == 2 ? use.operands[1].width() : 0),
        a_bits(use.operands[0].width()) {}

  int y_bits, mode_bits, b_bits, a_bits;

  [[nodiscard]] int total() const { return y_bits + mode_bits + b_bits + a_bits; }

  [[nodiscard]] std::string hexadecimal(const UnitVector& vector) const {
    std::vector<bool> bits;
    const auto put = [&](std::uint64_t value, int width) {
      for (int bit = 0; bit < width; ++bit) bits.push_back(((value >> bit) & 1) != 0);
    };
    put(vector.expected, y_bits);
    put(static_cast<std::uint64_t>(vector.mode), mode_bits);
    if (b_bits > 0) put(vector.operands[1], b_bits);
    put(vector.operands[0], a_bits);
    std::string digits;
    for (std::size_t bit = 0; bit < bits.size(); bit += 4) {
      unsigned digit = 0;
      for (std::size_t k = bit; k < std::min(bit + 4, bits.size()); ++k) digit |= unsigned{bits[k]} << (k - bit);
      digits.push_back("0123456789abcdef"[digit]);
    }
    return {digits.rbegin(), digits.rend()};
  }
};

/// The vector memory of one case, and an instance with its check for each mask of cuts.
inline std::string bench_section(const UnitCase& unit_case) {
  const auto name = unit_case.name();
  const auto& use = unit_case.use;
  const VectorLayout layout(use);
  const auto field = [&](int low, int width) { return fmt::format("{}_now[{}:{}]", name, low + width - 1, low); };
  const auto y = field(0, layout.y_bits);
  const auto mode = field(layout.y_bits, layout.mode_bits);
  const auto b = field(layout.y_bits + layout.mode_bits, layout.b_bits);
  const auto a = field(layout.y_bits + layout.mode_bits + layout.b_bits, layout.a_bits);

  std::string text = fmt::format(
      "\n  reg [{0}:0] {1} [0:{2}];\n  initial $readmemh(\"{1}.hex\", {1});\n"
      "  reg [{0}:0] {1}_now;\n  reg {1}_valid;\n  initial {1}_valid = 0;\n"
      "  always @(posedge clk) begin\n    {1}_valid <= index < {3};\n    {1}_now <= {1}[index < {3} ? index : 0];\n  "
      "end\n",
      layout.total() - 1, name, unit_case.vectors - 1, unit_case.vectors);
  int number = 0;
  for (const auto cuts : unit_case.cuts) {
    auto built = use;
    built.cuts = cuts & sluice::low_bits(declared_cuts(use));
    const auto label = fmt::format("{}_{}", name, number++);
    text += fmt::format("  wire [{}:0] {}_y;\n", layout.y_bits - 1, label);
    text += instance_text(built, "i_" + label, a, b, mode, label + "_y");
    text += fmt::format(
        "  unit_check #(.WIDTH({}), .LATENCY({}), .NAME(\"{}\")) i_check_{} (clk, last, {}_valid, {}, {}_y);\n",
        layout.y_bits, std::popcount(built.cuts), label, label, name, y, label);
  }
  return text;
}

/// A test bench `bench(clk)` for all cases at once, with its vector files, inside `folder`. It prints for each unit and
/// mask a line "name checked wrong" and finishes.
inline void write_bench(const TemporaryFolder& folder, const std::vector<UnitCase>& cases) {
  int longest = 0;
  for (const auto& unit_case : cases) longest = std::max(longest, unit_case.vectors);
  std::string text = fmt::format(
      "module bench (input wire clk);\n  integer index;\n  initial index = 0;\n"
      "  wire last = index == {};\n  always @(posedge clk) begin\n    index <= index + 1;\n    if (last) $finish;\n  "
      "end\n",
      longest + 100);
  for (const auto& unit_case : cases) {
    text += bench_section(unit_case);
    std::string lines;
    VectorSource source(unit_case, 1);
    const VectorLayout layout(unit_case.use);
    for (int i = 0; i < unit_case.vectors; ++i) lines += layout.hexadecimal(source.next()) + "\n";
    folder.write(unit_case.name() + ".hex", lines);
  }
  folder.write("bench.v", text + "endmodule\n" + std::string(kCheckModule));
  folder.write_units();
}

inline constexpr std::string_view kClockForIcarus = R"(
module clock_source;
    reg clk;
    initial clk = 0;
    always #5 clk = !clk;
    bench i_bench (clk);
endmodule
)";

/// What the bench of `folder` prints in Icarus.
inline std::string run_icarus(const TemporaryFolder& folder) {
  folder.write("clock.v", kClockForIcarus);
  const auto build = folder.run("iverilog -g2005 -o bench -s clock_source clock.v bench.v sluice_*.v");
  CAPTURE(build.output);
  REQUIRE(build.status == 0);
  return folder.run("vvp -n bench").output;
}

/// Every line that the bench printed says that as many vectors were checked as there are, and none was wrong.
inline void check_report(const std::vector<UnitCase>& cases, const std::string& output) {
  std::map<std::string, std::pair<int, int>> report;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("#")) MESSAGE(line);
    std::istringstream words(line);
    std::string name;
    std::pair<int, int> counts;
    if (words >> name >> counts.first >> counts.second) report[name] = counts;
  }
  for (const auto& unit_case : cases) {
    for (std::size_t i = 0; i < unit_case.cuts.size(); ++i) {
      const auto label = fmt::format("{}_{}", unit_case.name(), i);
      CAPTURE(label);
      CHECK(report[label].first == unit_case.vectors);
      CHECK(report[label].second == 0);
    }
  }
}
