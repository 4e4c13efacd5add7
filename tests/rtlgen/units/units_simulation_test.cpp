#include <doctest/doctest.h>

#include <sstream>

#include "tests/rtlgen/units/unit_bench.hpp"

using namespace sluice;

namespace {

constexpr std::string_view kClockForIcarus = R"(
module clock_source;
    reg clk;
    initial clk = 0;
    always #5 clk = !clk;
    bench i_bench (clk);
endmodule
)";

constexpr std::string_view kClockForVerilator = R"(
#include "Vbench.h"
int main() {
  Vbench bench;
  while (!Verilated::gotFinish()) {
    bench.clk = 0;
    bench.eval();
    bench.clk = 1;
    bench.eval();
  }
}
)";

/// Every line that the bench printed says that as many vectors were checked as there are, and none was wrong.
void check_report(const std::vector<UnitCase>& cases, const std::string& output) {
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

}  // namespace

TEST_CASE("every unit gives the model's results after as many cycles as it has cuts: Verilator, 100,000 vectors") {
  const TemporaryFolder folder;
  const auto cases = unit_cases(100'000);
  write_bench(folder, cases);
  folder.write("main.cpp", kClockForVerilator);
  const auto build = folder.run(
      "verilator --cc --exe --build -j 2 -O3 -MAKEFLAGS 'OPT_FAST=-O1 OPT_SLOW=-O0 OPT_GLOBAL=-O0' -Wno-fatal "
      "-Wno-lint "
      "--top-module bench main.cpp bench.v");
  CAPTURE(build.output);
  REQUIRE(build.status == 0);
  check_report(cases, folder.run("./obj_dir/Vbench").output);
}

TEST_CASE("the same in Icarus, 1,000 vectors") {
  const TemporaryFolder folder;
  const auto cases = unit_cases(1'000);
  write_bench(folder, cases);
  folder.write("clock.v", kClockForIcarus);
  const auto build = folder.run("iverilog -g2005 -o bench -s clock_source clock.v bench.v sluice_*.v");
  CAPTURE(build.output);
  REQUIRE(build.status == 0);
  check_report(cases, folder.run("vvp -n bench").output);
}
