#include <doctest/doctest.h>

#include "tests/rtlgen/units/unit_bench.hpp"

using namespace sluice;

namespace {

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
  check_report(cases, run_icarus(folder));
}
