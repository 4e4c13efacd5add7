#include "systemgen/synth/memory_macro.hpp"

#include <doctest/doctest.h>

#include "rtlgen/units/units.hpp"
#include "systemgen/output/temporary_folder.hpp"
#include "systemgen/synth/liberty.hpp"
#include "systemgen/synth/tool.hpp"
#include "systemgen/verify/process.hpp"

using namespace sluice;

namespace {

const std::vector<MemoryShape> kShapes{{true, 32, 64}, {false, 9, 1000}, {true, 2048, 1}};

}  // namespace

TEST_CASE("memories above 1 kbit are macros") {
  CHECK(!is_macro({true, 32, 32}));
  CHECK(is_macro({true, 32, 33}));
  CHECK(to_string(MemoryShape{false, 9, 1000}) == "rom 1000 x 9");
}

TEST_CASE("macros have a Liberty file with the target's times") {
  const auto target = Target::load("generic").value();
  const auto text = macro_liberty(kShapes, target);
  const auto liberty = parse_liberty("macros.lib", text);
  REQUIRE(liberty);
  CHECK(liberty->cells.size() == 3);
  CHECK(liberty->find(macro_name(kShapes[0])) != nullptr);
  CHECK(text.find("\"2500\"") != std::string::npos);
  CHECK(text.find("\"700\"") != std::string::npos);
}

TEST_CASE("the wrapper takes a macro where there is one, and the library's module elsewhere") {
  auto folder = TemporaryFolder::create();
  REQUIRE(folder);
  std::string text = macro_modules(kShapes) + macro_wrapper(kShapes, true) + macro_wrapper(kShapes, false);
  for (const std::string name : {"sluice_ram", "sluice_rom"}) {
    std::string module(unit_verilog(name));
    module.replace(module.find("module " + name), 7 + name.size(), "module " + name + "_logic");
    text += module;
  }
  text += R"(
    module top(input clk, input we, input [9:0] a, input [31:0] d, output [31:0] x, y, output [8:0] z, output [2047:0] w);
      sluice_ram #(.WIDTH(32), .DEPTH(64)) i_x (clk, we, a[5:0], d, we, a[5:0], x);
      sluice_ram #(.WIDTH(32), .DEPTH(32)) i_y (clk, we, a[4:0], d, we, a[4:0], y);
      sluice_rom #(.WIDTH(9), .DEPTH(1000)) i_z (clk, we, a, z);
      sluice_ram #(.WIDTH(2048), .DEPTH(1)) i_w (clk, we, a[0], {64{d}}, we, a[0], w);
    endmodule)";
  REQUIRE(write_text(folder->path() / "top.v", text).empty());
  const auto result = run_process({"iverilog", "-g2005", "-Wall", "-o", "top.vvp", "-s", "top", "top.v"},
                                  folder->path(), std::chrono::seconds(60));
  REQUIRE(result);
  CHECK(result->output == "");
  const auto built = read_text(folder->path() / "top.vvp");
  for (const auto& shape : kShapes) CHECK(built->find(macro_name(shape)) != std::string::npos);
  CHECK(built->find("sluice_ram_logic") != std::string::npos);
  CHECK(built->find("sluice_rom_logic") == std::string::npos);
}
