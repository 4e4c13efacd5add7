#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "systemgen/synth/cell_counts.hpp"

namespace sluice {

/// What a design takes of an FPGA.
struct FpgaCells {
  std::int64_t luts = 0;  ///< those that serve as memory included
  std::int64_t ffs = 0;
  std::int64_t carries = 0;  ///< carry cells, of the family's width
  std::int64_t dsps = 0;     ///< hard multipliers
  double block_rams = 0;     ///< of the family's usual size
};

/// A family of FPGAs that Yosys knows.
struct Family {
  std::string name;       ///< as targets name it: "xc7"
  std::string synthesis;  ///< Yosys's command, without -top; keeps modules with keep_hierarchy
  std::string area_unit;  ///< what a LUT is called: "LUT6"

  /// Cells whose type begins with `prefix`, and what each of them takes.
  struct Kind {
    std::string prefix;
    FpgaCells each;
  };
  std::vector<Kind> kinds;  ///< the first that fits counts
};

/// All of them.
const std::vector<Family>& families();

/// The family of that name; null if there is none.
const Family* find_family(std::string_view name);

FpgaCells fpga_cells(const Family& family, const CellCounts& cells);

}  // namespace sluice
