#include "rtlgen/units/multiplier/product_files.hpp"

#include <doctest/doctest.h>

#include <random>
#include <set>
#include <tuple>

#include "tests/rtlgen/units/unit_bench.hpp"

using namespace sluice;

namespace {

constexpr std::uint64_t kAllCuts = 0b11111;

ScalarType integer_type(int bits, bool is_signed) {
  return is_signed ? ScalarType::signed_integer(bits) : ScalarType::unsigned_integer(bits);
}

/// Products of operands of up to 64 bits, at least one of them wider than two hard multipliers; the result wrapped or
/// whole, as far as 64 bits hold it.
std::vector<UnitCase> wide_products(int count, unsigned seed, int vectors) {
  std::mt19937 random(seed);
  const auto from = [&](int low, int high) { return low + static_cast<int>(random() % (high - low + 1U)); };
  std::vector<UnitCase> cases;
  std::set<std::string> names;
  while (std::ssize(cases) < count) {
    int a_bits = from(33, 64);
    int b_bits = from(1, 64);
    if (from(0, 1) == 0) std::swap(a_bits, b_bits);
    const int y_bits = from(0, 2) == 0 ? from(1, 64) : std::min(64, a_bits + b_bits);
    UnitCase unit_case{{"int_mul",
                        {integer_type(a_bits, from(0, 1) == 0), integer_type(b_bits, from(0, 1) == 0)},
                        integer_type(y_bits, true)},
                       {random() % (kAllCuts + 1)},
                       vectors};
    if (names.insert(unit_case.name()).second) cases.push_back(std::move(unit_case));
  }
  return cases;
}

std::string product_text(const Multiplier& multiplier) {
  const std::vector<std::string> modules{"sluice_int_mul"};
  for (const auto& file : unit_files(modules, multiplier, {})) {
    if (file.name == "sluice_product.v") return file.text;
  }
  return {};
}

void check_products(const Multiplier& multiplier, const std::vector<UnitCase>& cases) {
  CAPTURE(multiplier.wide_bits);
  const TemporaryFolder folder;
  write_bench(folder, cases);
  folder.write("sluice_product.v", product_text(multiplier));
  check_report(cases, run_icarus(folder));
}

/// Yosys's counts of cells, by type, of a product of 48 bits with all its registers, for an FPGA family.
std::string synthesized(const std::string& command, const Multiplier& multiplier, std::uint64_t cuts) {
  const TemporaryFolder folder;
  folder.write_units();
  folder.write("sluice_product.v", product_text(multiplier));
  return folder
      .run(fmt::format("yosys -p 'read_verilog sluice_int_mul.v sluice_product.v sluice_extend.v sluice_pipe.v; "
                       "chparam -set WA 48 -set WB 48 -set WY 64 -set CUTS {} sluice_int_mul; {} -top sluice_int_mul; "
                       "stat' | tail -n 40",
                       cuts, command))
      .output;
}

}  // namespace

TEST_CASE("products wider than two hard multipliers equal the model's, whatever the multipliers and cuts: Icarus") {
  for (const auto& [wide, narrow] : {std::pair{24, 17}, {18, 18}, {16, 16}})
    check_products({MultiplierForm::operator_sign, wide, narrow}, wide_products(3, static_cast<unsigned>(wide), 60));
}

TEST_CASE("a target's hard multipliers are in the text, and the file alone has those of xc7") {
  CHECK(product_text({}) == unit_verilog("sluice_product"));
  const std::string text = product_text({MultiplierForm::operator_sign, 18, 16});
  CHECK(text.find("WIDE   = 18,") != std::string::npos);
  CHECK(text.find("NARROW = 16,") != std::string::npos);
}

TEST_SUITE("slow") {
  TEST_CASE("many wide products") {
    for (const auto& [wide, narrow] : {std::pair{24, 17}, {18, 18}, {16, 16}, {9, 8}})
      check_products({MultiplierForm::operator_sign, wide, narrow}, wide_products(30, 100U + wide, 300));
  }

  TEST_CASE("wide products take hard multipliers on every family with registers and without") {
    const std::vector<std::tuple<std::string, std::string, Multiplier>> families{
        {"synth_xilinx -family xc7", "DSP48E1", {MultiplierForm::operator_sign, 24, 17}},
        {"synth_ecp5", "MULT18X18D", {MultiplierForm::operator_sign, 18, 18}},
        {"synth_ice40 -dsp", "SB_MAC16", {MultiplierForm::operator_sign, 16, 16}}};
    for (const auto& [command, cell, multiplier] : families) {
      for (const auto cuts : {std::uint64_t{0}, kAllCuts}) {
        CAPTURE(command);
        CAPTURE(cuts);
        CHECK(synthesized(command, multiplier, cuts).find(cell) != std::string::npos);
      }
    }
  }
}
