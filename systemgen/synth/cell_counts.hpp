#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/diag/expected.hpp"

namespace sluice {

/// Cells by type.
using CellCounts = std::map<std::string, std::int64_t>;

/// Reads what Yosys's `stat -json` wrote: for each module the library cells in it and in all modules below it.
/// An error if the text is something else.
Expected<std::map<std::string, CellCounts>> read_cell_counts(std::string_view stat_json);

}  // namespace sluice
