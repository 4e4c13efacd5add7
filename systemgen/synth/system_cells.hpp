#pragma once

#include <map>
#include <string>

#include "systemgen/synth/cell_counts.hpp"
#include "systemgen/synth/survey.hpp"

namespace sluice {

/// A Yosys pattern for the memories of the library, which keep their borders so that they can be told from what is
/// around them.
inline constexpr const char* kMemoryModules = "*sluice_ram*";

/// Of a design's top module: the cells that are neither in a generated module nor in a memory between them. Of a system
/// they are controllers, ports of streams, and what joins them.
CellCounts system_cells(const std::map<std::string, ModuleCounts>& counts, const std::string& top,
                        const Survey& survey);

}  // namespace sluice
