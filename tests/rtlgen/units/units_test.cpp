#include "rtlgen/units/units.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>

#include "core/target/target.hpp"
#include "tests/rtlgen/units/unit_bench.hpp"

using namespace sluice;

namespace {

constexpr auto kF32 = ScalarType::floating(kFloat32);
constexpr auto kF16 = ScalarType::floating(kFloat16);
constexpr auto kI8 = ScalarType::signed_integer(8);
constexpr auto kU4 = ScalarType::unsigned_integer(4);

std::string text(const UnitInterface& interface) {
  std::string result = interface.module;
  for (const auto& [name, value] : interface.parameters) result += fmt::format(" {}={}", name, value);
  for (const auto& port : interface.ports) {
    result += fmt::format(" {}{}:{}", port.direction == Direction::input ? "" : ">", port.name, port.width);
  }
  return result;
}

}  // namespace

TEST_CASE("how a unit is instantiated") {
  CHECK(text(unit_interface({"fp_add", {kF32, kF32}, kF32, 5})) ==
        "sluice_fp_add EXP=8 MAN=23 CUTS=64'h0000000000000005 clk:1 a_i:32 b_i:32 mode_i:1 >y_o:32");
  CHECK(text(unit_interface({"fp_cmp", {kF16, kF16}, ScalarType::boolean()})) ==
        "sluice_fp_cmp EXP=5 MAN=10 CUTS=64'h0000000000000000 clk:1 a_i:16 b_i:16 mode_i:2 >y_o:1");
  CHECK(text(unit_interface({"fp_convert", {kF32}, kF16})) ==
        "sluice_fp_convert EXP_A=8 MAN_A=23 EXP_Y=5 MAN_Y=10 CUTS=64'h0000000000000000 clk:1 a_i:32 >y_o:16");
  CHECK(text(unit_interface({"fp_to_int", {kF16}, kU4, 1, fp::Rounding::down})) ==
        "sluice_fp_to_int EXP=5 MAN=10 WIDTH=4 SIGNED=0 ROUNDING=2 CUTS=64'h0000000000000001 clk:1 a_i:16 >y_o:4");
  CHECK(text(unit_interface({"int_mul", {kI8, kU4}, kI8})) ==
        "sluice_int_mul WA=8 SA=1 WB=4 SB=0 WY=8 CUTS=64'h0000000000000000 clk:1 a_i:8 b_i:4 >y_o:8");
  CHECK(text(unit_interface({"shift", {kI8, kU4}, kI8})) ==
        "sluice_shift WIDTH=8 WB=4 CUTS=64'h0000000000000000 clk:1 a_i:8 b_i:4 mode_i:2 >y_o:8");
}

TEST_CASE("types that a unit does not take are refused") {
  CHECK_THROWS_AS(unit_interface({"fp_add", {kF32, kF16}, kF32}), std::invalid_argument);
  CHECK_THROWS_AS(unit_interface({"fp_add", {kF32}, kF32}), std::invalid_argument);
  CHECK_THROWS_AS(unit_interface({"fp_cmp", {kF32, kF32}, kI8}), std::invalid_argument);
  CHECK_THROWS_AS(unit_interface({"fp_from_int", {kF32}, kF32}), std::invalid_argument);
  CHECK_THROWS_AS(unit_interface({"int_add", {kI8, kF32}, kI8}), std::invalid_argument);
  CHECK_THROWS_AS(unit_interface({"int_pow", {kI8, kI8}, kI8}), std::out_of_range);
}

TEST_CASE("modes have codes") {
  CHECK(unit_mode("fp_add", "sub") == 1);
  CHECK(unit_mode("int_cmp", "equal") == 2);
  CHECK(unit_modes("fp_mul").empty());
  CHECK_THROWS_AS((void)unit_mode("fp_add", "mul"), std::out_of_range);
}

TEST_CASE("a unit comes with the files it needs") {
  const auto names = [](const std::vector<std::string>& modules) {
    std::string result;
    for (const auto& file : unit_files(modules)) result += std::string(file.name) + " ";
    return result;
  };
  CHECK(names({"sluice_ram"}) == "sluice_ram.v ");
  CHECK(names({"sluice_fp_mul", "sluice_fp_cmp"}) ==
        "sluice_extend.v sluice_fp_classify.v sluice_fp_cmp.v sluice_fp_mul.v sluice_fp_round.v sluice_pipe.v "
        "sluice_product.v ");
  CHECK(unit_verilog("sluice_pipe").find("module sluice_pipe #(") != std::string_view::npos);
  CHECK_THROWS_AS((void)names({"sluice_fp"}), std::out_of_range);
}

TEST_CASE("Verilog and target agree on the cuts of each unit") {
  const Target target = Target::load("generic").value();
  for (const auto& unit_case : unit_cases(1)) {
    const auto& use = unit_case.use;
    CAPTURE(use.unit);
    const auto figures = target.figures(use.unit, figure_type(use.operands, use.result));
    CHECK(static_cast<int>(figures.segment_ps.size()) == declared_cuts(use) + 1);
  }
}
