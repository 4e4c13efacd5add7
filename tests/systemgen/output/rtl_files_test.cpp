#include "systemgen/output/rtl_files.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "rtlgen/units/multiplier/booth_product.hpp"
#include "rtlgen/units/units.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"
#include "tests/systemgen/support/toy.hpp"

using namespace sluice;

namespace {

/// A design whose first actor multiplies: 8 bits, signed, by 4 bits to 12.
Design multiplying_design() {
  auto design = test::toy_design({{"x"}, {{"a", {"x"}, 1}}, {"a"}, 6}, "toy_top");
  Instance unit{"sluice_int_mul",
                "mul",
                {{"WA", "8"}, {"SA", "1"}, {"WB", "4"}, {"SB", "0"}, {"WY", "12"}, {"CUTS", "64'd0"}},
                {},
                ""};
  design.actors[0].module.add_instance(unit);
  design.actors[0].units.insert(unit.module);
  return design;
}

/// What `write_rtl` writes into rtl/sluice_product.v.
std::string product_file(MultiplierForm form) {
  const test::TemporaryFolder place;
  auto folder = OutputFolder::create(place.path() / "out");
  REQUIRE(folder.has_value());
  const auto files = write_rtl(multiplying_design(), *folder, {form});
  REQUIRE(files.has_value());
  CHECK(std::count(files->verilog.begin(), files->verilog.end(), "rtl/sluice_product.v") == 1);
  std::ifstream stream(folder->path() / "rtl/sluice_product.v");
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("the target says how the products of a design are written") {
  CHECK(product_file(MultiplierForm::operator_sign) == unit_verilog("sluice_product"));
  CHECK(product_file(MultiplierForm::booth) == booth_product({{8, true, 4, false, 12}}));
}
