#include "tests/systemgen/support/cell_bench.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "rtlgen/units/units.hpp"
#include "systemgen/control/cells.hpp"
#include "systemgen/verify/process.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

namespace sluice::test {

std::string run_cell_bench(const std::string& body, int cycles) {
  const TemporaryFolder place;
  for (const auto& cell : control_verilog()) std::ofstream(place.path() / cell.name) << cell.text;
  std::ofstream(place.path() / "sluice_ram.v") << unit_verilog("sluice_ram");
  std::ofstream(place.path() / "bench.v") << fmt::format(R"(module bench;
  reg clk = 0; reg rst = 1; reg [63:0] random = 7; integer cycle = -4;
  always #5 clk = ~clk;
  always @(posedge clk) begin
    random <= random * 64'd6364136223846793005 + 64'd1442695040888963407;
    cycle  <= cycle + 1;
    rst    <= cycle < -1;
    if (cycle == {}) $finish;
  end
{}endmodule
)",
                                                         cycles, body);
  const auto result =
      run_process({"sh", "-c", "iverilog -g2005 -Wall -Wno-timescale -s bench -o b.vvp *.v && vvp -n b.vvp"},
                  place.path(), std::chrono::seconds(120));
  REQUIRE(result.has_value());
  REQUIRE_MESSAGE(result->exit_code == 0, result->output);
  return result->output;
}

std::vector<CellTrace> CellTrace::parse(const std::string& output, std::size_t parts, std::size_t names) {
  std::vector<CellTrace> traces(parts);
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    REQUIRE_MESSAGE(line.find_first_of("xXzZ") == std::string::npos, line);
    std::istringstream fields(line);
    std::string kind;
    std::size_t part = 0;
    std::vector<std::int64_t> values(names);
    fields >> kind >> part;
    for (auto& value : values) fields >> value;
    REQUIRE_MESSAGE((kind == "T" && fields), line);
    traces.at(part).cycles.push_back(std::move(values));
  }
  return traces;
}

std::string bench_trace(std::size_t part, const std::vector<std::string>& expressions) {
  std::string format;
  for (std::size_t i = 0; i < expressions.size(); ++i) format += " %0d";
  return fmt::format("  always @(posedge clk) if (!rst) $display(\"T {}{}\", {});\n", part, format,
                     fmt::join(expressions, ", "));
}

}  // namespace sluice::test
