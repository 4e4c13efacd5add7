#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "systemgen/characterize/stage_figures.hpp"
#include "systemgen/characterize/unit_case.hpp"
#include "systemgen/synth/liberty.hpp"

namespace sluice {

/// A library of standard cells, and how it is measured.
struct AsicLibrary {
  std::filesystem::path path;
  Liberty liberty;
  std::chrono::seconds timeout{3600};  ///< for each run of a tool
};

/// Synthesizes the Verilog `text` of a module `unit_top` (see `wrapper`) for the library, each stage between registers
/// by itself and as fast as it gets, and times it. Only stages that are `wanted` are measured.
/// Method: ABC would slow down every stage to the slowest of a unit, which saves area, if it saw them together.
Expected<std::vector<StageFigures>> measure_asic(const std::string& text, const AsicLibrary& library,
                                                 const std::function<bool(int stage)>& wanted);

}  // namespace sluice
