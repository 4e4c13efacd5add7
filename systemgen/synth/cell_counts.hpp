#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/diag/expected.hpp"

namespace sluice {

/// Cells by type.
using CellCounts = std::map<std::string, std::int64_t>;

/// What a module consists of.
struct ModuleCounts {
  CellCounts own;    ///< in itself: cells of the library, and instances of modules
  CellCounts total;  ///< cells of the library in it and in all modules below it
};

/// Reads what Yosys's `stat -json` wrote, by module. An error if the text is something else.
Expected<std::map<std::string, ModuleCounts>> read_cell_counts(std::string_view stat_json);

}  // namespace sluice
