#pragma once

#include <map>
#include <vector>

#include "systemgen/characterize/characterize.hpp"
#include "systemgen/characterize/unit_case.hpp"

namespace sluice {

/// Everything that was measured.
struct Measurements {
  StageFigures register_stage;                   ///< nothing between two registers
  StageFigures held_register_stage;              ///< what lets the second one hold its value
  std::map<int, StageFigures> multiplexers;      ///< by the number of inputs
  std::vector<std::vector<StageFigures>> units;  ///< stages of each of `unit_cases()`; of rows, only some
};

/// Measures on several threads; `options` has how many, and the form of multipliers.
Expected<Measurements> measure_all(const std::vector<UnitCase>& cases, const CharacterizeOptions& options,
                                   const Measure& measure, Progress& progress);

/// Whether the stage of a unit is measured: of equal rows only some are.
bool is_wanted(const CutsOfUnit& cuts, int stage);

}  // namespace sluice
