#include "rtlgen/units/multiplier/booth_product.hpp"

#include <doctest/doctest.h>

#include "rtlgen/units/multiplier/product_files.hpp"
#include "tests/rtlgen/units/unit_bench.hpp"

using namespace sluice;

namespace {

ScalarType integer_type(int bits, bool is_signed) {
  return is_signed ? ScalarType::signed_integer(bits) : ScalarType::unsigned_integer(bits);
}

ProductSize size_of(const UnitUse& use) {
  const auto interface = unit_interface(use);
  return product_size({interface.module, "", interface.parameters, {}, ""}).value();
}

std::set<ProductSize> sizes_of(const std::vector<UnitCase>& cases) {
  std::set<ProductSize> sizes;
  for (const auto& unit_case : cases) sizes.insert(size_of(unit_case.use));
  return sizes;
}

/// Every width from 1 to 33, and 53, times another one, in `signs` of the four combinations of signs; the result
/// wrapped to fewer bits, whole, or extended; every mask of cuts.
std::vector<UnitCase> integer_cases(int signs, int vectors) {
  std::mt19937 random(3);
  const auto below = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
  std::vector<UnitCase> cases;
  std::set<std::string> names;
  for (int a = 1; a <= 34; ++a) {
    const int a_bits = a == 34 ? 53 : a;
    for (int k = 0; k < signs; ++k) {
      const int sign = (a + k) % 4;
      const int b_bits = below(4) == 0 ? a_bits : 1 + below(33);
      const int whole = a_bits + b_bits;
      const int y_bits = std::min(64, std::array{1 + below(whole), whole, whole, whole + 3}.at(random() % 4));
      UnitCase unit_case{{"int_mul",
                          {integer_type(a_bits, sign % 2 != 0), integer_type(b_bits, sign / 2 != 0)},
                          integer_type(y_bits, true)},
                         {random() % 32},
                         vectors};
      if (names.insert(unit_case.name()).second) cases.push_back(std::move(unit_case));
    }
  }
  return cases;
}

std::vector<UnitCase> float_cases(int vectors) {
  std::vector<UnitCase> cases;
  for (const FloatFormat format : {kFloat32, kFloat16, kBfloat16, FloatFormat{8, 31}, FloatFormat{11, 52}}) {
    const auto type = ScalarType::floating(format);
    cases.push_back({{"fp_mul", {type, type}, type}, {0, 0b0000110, 0b1111111}, vectors});
  }
  return cases;
}

/// Simulates the units with generated products, a few at a time.
void check_products(const std::vector<UnitCase>& cases) {
  constexpr std::ptrdiff_t kTogether = 8;
  for (auto begin = cases.begin(); begin != cases.end();) {
    const auto end = begin + std::min(kTogether, cases.end() - begin);
    const std::vector<UnitCase> some(begin, end);
    const TemporaryFolder folder;
    write_bench(folder, some);
    const std::string text = booth_product(sizes_of(some));
    folder.write("sluice_product.v", text);
    check_report(some, run_icarus(folder));
    for (const auto& size : sizes_of(some)) {
      const int columns = std::min(size.result_bits, size.a_bits + size.b_bits);
      CHECK(text.find(fmt::format("WA == {} && (SA != 0) == {:d} && WB == {} && (SB != 0) == {:d} && COLUMNS == {})",
                                  size.a_bits, size.a_signed, size.b_bits, size.b_signed, columns)) !=
            std::string::npos);
    }
    begin = end;
  }
}

/// A module `top` that says in `equal` whether the product is that of the operator.
std::string miter(const ProductSize& size) {
  return fmt::format(
      "module top (input wire [{}:0] a_i, input wire [{}:0] b_i, output wire equal_o);\n"
      "  wire [{}:0] product;\n"
      "  sluice_product #(.WA({}), .SA({:d}), .WB({}), .SB({:d}), .WY({})) i_product (\n"
      "    .clk(1'b0), .a_i(a_i), .b_i(b_i), .y_o(product));\n"
      "  wire signed [{}:0] a = {{{}, a_i}};\n  wire signed [{}:0] b = {{{}, b_i}};\n"
      "  wire signed [{}:0] expected = a * b;\n  assign equal_o = product == expected;\nendmodule\n",
      size.a_bits - 1, size.b_bits - 1, size.result_bits - 1, size.a_bits, size.a_signed, size.b_bits, size.b_signed,
      size.result_bits, size.a_bits, size.a_signed ? fmt::format("a_i[{}]", size.a_bits - 1) : "1'b0", size.b_bits,
      size.b_signed ? fmt::format("b_i[{}]", size.b_bits - 1) : "1'b0", size.result_bits - 1);
}

/// Whether Yosys proves that the text of sluice_product multiplies.
bool proved(const std::string& product, const ProductSize& size) {
  const TemporaryFolder folder;
  folder.write_units();
  folder.write("sluice_product.v", product);
  folder.write("top.v", miter(size));
  const auto outcome = folder.run(
      "yosys -q -p 'read_verilog top.v sluice_product.v sluice_extend.v sluice_pipe.v; prep -flatten -top top; "
      "alumacc; techmap; opt -full; abc -g AND -fast; opt_clean; sat -verify -prove equal_o 1 top' >log 2>&1");
  return outcome.status == 0;
}

/// The command succeeds without saying anything in a folder with the units, generated products, and a top module `top`.
void check_silent(const std::vector<UnitCase>& cases, const std::string& command) {
  const TemporaryFolder folder;
  folder.write_units();
  folder.write("sluice_product.v", booth_product(sizes_of(cases)));
  std::string ports = "input wire clk";
  std::string instances;
  for (const auto& unit_case : cases) {
    auto use = unit_case.use;
    use.cuts = unit_case.cuts.back();
    const VectorLayout layout(use);
    const auto name = unit_case.name();
    ports += fmt::format(", input wire [{}:0] {}_a, input wire [{}:0] {}_b, output wire [{}:0] {}_y", layout.a_bits - 1,
                         name, layout.b_bits - 1, name, layout.y_bits - 1, name);
    instances += instance_text(use, "i_" + name, name + "_a", name + "_b", "", name + "_y");
  }
  folder.write("top.v", fmt::format("module top ({});\n{}endmodule\n", ports, instances));
  const auto outcome = folder.run(command);
  CHECK(outcome.status == 0);
  CHECK(outcome.output == "");
}

std::vector<UnitCase> lint_cases() {
  auto cases = float_cases(1);
  for (auto& unit_case : integer_cases(1, 1)) {
    if (unit_case.use.operands[0].width() % 3 == 1) cases.push_back(std::move(unit_case));
  }
  return cases;
}

}  // namespace

TEST_CASE("generated products equal the model's at all widths: Icarus") {
  check_products(integer_cases(1, 100));
  check_products(float_cases(300));
}

TEST_SUITE("slow") {
  TEST_CASE("generated products equal the model's at all widths and signs: Icarus") {
    check_products(integer_cases(4, 1000));
    check_products(float_cases(5000));
  }
}

TEST_CASE("a product of no generated size is still right") {
  const TemporaryFolder folder;
  std::vector<UnitCase> cases;
  for (auto& unit_case : integer_cases(1, 100)) {
    if (unit_case.use.operands[0].width() % 5 == 0) cases.push_back(std::move(unit_case));
  }
  write_bench(folder, cases);
  folder.write("sluice_product.v", booth_product({{2, false, 2, false, 4}}));
  check_report(cases, run_icarus(folder));
}

TEST_CASE("small generated products are proved equal to the operator's and a wrong tree is not") {
  for (const auto& size : {ProductSize{4, true, 4, true, 8},
                           {5, false, 4, true, 9},
                           {3, true, 6, false, 9},
                           {6, false, 6, false, 12},
                           {7, true, 6, true, 9},
                           {5, true, 5, false, 13}}) {
    CAPTURE(size.a_bits);
    const std::string text = booth_product({size});
    CHECK(proved(text, size));
    std::string wrong = text;
    wrong.replace(wrong.find("1'b1,"), 4, "1'b0");
    CHECK_FALSE(proved(wrong, size));
  }
}

TEST_CASE("generated products are clean under Icarus") {
  check_silent(lint_cases(), "iverilog -g2005 -Wall -o /dev/null -s top top.v sluice_*.v");
}

TEST_CASE("generated products are clean under Verilator") {
  check_silent(lint_cases(), "verilator --lint-only -Wall -y . top.v");
}

TEST_CASE("generated products are clean under Yosys") {
  check_silent(lint_cases(),
               "yosys -q -p 'read_verilog top.v sluice_*.v; hierarchy -check -top top; proc; check -assert'");
}

TEST_CASE("a product is generated for the targets that ask for it") {
  const std::vector<std::string> modules{"sluice_int_mul"};
  const std::set<ProductSize> sizes{{8, true, 8, true, 16}, {8, true, 8, true, 32}, {8, false, 8, true, 16}};
  const auto text_of = [&](MultiplierForm form) {
    std::string text;
    for (const auto& file : unit_files(modules, {form}, sizes)) {
      if (file.name == "sluice_product.v") text = file.text;
    }
    return text;
  };
  CHECK(text_of(MultiplierForm::operator_sign) == unit_verilog("sluice_product"));
  const std::string booth = text_of(MultiplierForm::booth);
  CHECK(booth == booth_product(sizes));
  std::size_t trees = 0;
  for (auto at = booth.find(": g_tree_"); at != std::string::npos; at = booth.find(": g_tree_", at + 1)) ++trees;
  CHECK(trees == 2);  // a longer result only extends
}

TEST_CASE("the products inside units") {
  const auto f16 = ScalarType::floating(kFloat16);
  CHECK(size_of({"fp_mul", {f16, f16}, f16}) == ProductSize{11, false, 11, false, 22});
  CHECK(size_of({"int_mul", {integer_type(8, true), integer_type(4, false)}, integer_type(9, true)}) ==
        ProductSize{8, true, 4, false, 9});
  CHECK_FALSE(product_size({"sluice_fp_add", "", {}, {}, ""}));
}
