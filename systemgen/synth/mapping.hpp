#pragma once

#include <string>

#include "systemgen/synth/liberty.hpp"

namespace sluice {

/// How logic is mapped to a library of standard cells.
struct MappingJob {
  std::string liberty = "cells.lib";  ///< file, relative to the folder that Yosys runs in
  double budget_ps = 0;               ///< what logic between two registers may take
};

/// ABC's script: choices, mapping for delay, then buffering and sizing. `{D}` is the budget.
std::string abc_script();

/// ABC's constraints: what drives an input and loads an output.
std::string abc_constraints(const Liberty& liberty);

/// The lines of a Yosys script that map a design of generic gates and flip-flops; they want abc.script and abc.constr,
/// with the texts above, in the folder.
std::string mapping_script(const MappingJob& job);

/// Capacitance of a typical load of a few gates, in fF.
double typical_load_ff(const Liberty& liberty);

}  // namespace sluice
