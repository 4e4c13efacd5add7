#pragma once

#include <optional>
#include <string>

#include "core/target/target.hpp"
#include "systemgen/characterize/stage_figures.hpp"
#include "systemgen/report/progress.hpp"

namespace sluice {

/// The technology that a target file is made for.
struct CharacterizeOptions {
  std::string name;
  std::string description;
  std::string family;  ///< see TargetData
  std::string area_unit;
  Multiplier multiplier;
  double clock_ns = 1;                 ///< default period of designs for the target
  double margin = 0.2;                 ///< by how much delays are more than what was measured
  std::optional<int> memory_read_ps;   ///< default: 4 times the register's time
  std::optional<int> memory_setup_ps;  ///< default: the register's time
  int register_words = 16;             ///< see Target::register_words
  bool registers_hold = false;         ///< a register can hold its value without logic before it
  int jobs = 1;                        ///< measurements at the same time
};

/// Measures every unit at every type that targets list, and writes a target file: its text. Errors: those of the
/// measurements.
Expected<std::string> characterize(const CharacterizeOptions& options, const Measure& measure, Progress& progress);

}  // namespace sluice
