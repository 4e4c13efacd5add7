#include "systemgen/synth/cell_counts.hpp"

#include <doctest/doctest.h>

#include "systemgen/synth/family.hpp"

using namespace sluice;

TEST_CASE("cells are counted with all that is below a module") {
  const auto counts = read_cell_counts(R"({"modules": {
    "\\top": {"num_cells_by_type": {"LUT2": 1, "actor": 2, "$paramod$1\\unit": 1}},
    "\\actor": {"num_cells_by_type": {"LUT2": 3, "$paramod$1\\unit": 2, "FDRE": 1}},
    "$paramod$1\\unit": {"num_cells_by_type": {"DSP48E1": 2, "RAMB18E1": 1}}}})");
  REQUIRE_MESSAGE(counts, to_string(counts.errors()));
  CHECK(counts->at("top").own == CellCounts{{"LUT2", 1}, {"actor", 2}, {"$paramod$1\\unit", 1}});
  CHECK(counts->at("actor").total == CellCounts{{"LUT2", 3}, {"FDRE", 1}, {"DSP48E1", 4}, {"RAMB18E1", 2}});
  CHECK(counts->at("top").total == CellCounts{{"LUT2", 7}, {"FDRE", 2}, {"DSP48E1", 10}, {"RAMB18E1", 5}});
  const auto cells = fpga_cells(*find_family("xc7"), counts->at("top").total);
  CHECK(cells.luts == 7);
  CHECK(cells.ffs == 2);
  CHECK(cells.dsps == 10);
  CHECK(cells.block_rams == 2.5);
}

TEST_CASE("lines on the hierarchy between those of the JSON are left out") {
  const auto counts = read_cell_counts(R"({
   "modules": {
      "\\top": {
         "num_cells_by_type": {
            "LUT2": 1
         }
      }
   },
       $paramod$095b84765515c3f3395f1acd550fe9c4f2ca9dc4\sluice_ram      2
       unit      3
      "design": {
      }
}
)");
  REQUIRE_MESSAGE(counts, to_string(counts.errors()));
  CHECK(counts->at("top").total == CellCounts{{"LUT2", 1}});
}

TEST_CASE("statistics in another form are an error") {
  CHECK(!read_cell_counts("no json"));
  CHECK(!read_cell_counts("{}"));
  CHECK(!read_cell_counts(R"({"modules": {"\\a": {}}})"));
}

TEST_CASE("families are found by name") {
  for (const auto& family : families()) CHECK(find_family(family.name) == &family);
  CHECK(find_family("asic") == nullptr);
}
