#include "systemgen/synth/system_cells.hpp"

namespace sluice {

CellCounts system_cells(const std::map<std::string, ModuleCounts>& counts, const std::string& top,
                        const Survey& survey) {
  CellCounts cells;
  for (const auto& [type, times] : counts.at(top).own) {
    const auto module = counts.find(type);
    if (module == counts.end()) {
      cells[type] += times;
      continue;
    }
    if (survey.instances.contains(type) || type.find("sluice_ram") != std::string::npos) continue;
    for (const auto& [cell, each] : module->second.total) cells[cell] += times * each;
  }
  return cells;
}

}  // namespace sluice
