#pragma once

#include <string>
#include <vector>

#include "core/target/target.hpp"
#include "rtlgen/units/units.hpp"

namespace sluice {

/// A unit at a type that a target lists figures for.
struct UnitCase {
  std::string unit;  ///< of a target's units: those of rtlgen/units, and "logic"
  ScalarType type;   ///< that the figures are listed under
  UnitUse use;       ///< the worst of the uses that are looked up there; empty of "logic"
};

/// What a target has to list.
std::vector<UnitCase> unit_cases();

/// Where the unit's registers can go, as the head of its file says.
struct CutsOfUnit {
  int cuts = 0;
  int rows = 0;       ///< the first so many segments are equal rows, one more for each mantissa bit; 0: there are none
  int more_rows = 0;  ///< rows without those for the mantissa bits
};

/// Throws std::out_of_range if there is no such unit.
CutsOfUnit cuts_of(const UnitCase& unit_case);

/// Verilog of a module `unit_top` that has the unit between registers, with a register at each of its cuts (`piped`) or
/// none; registers are the black box sluice_register. Without the unit's own files.
std::string wrapper(const UnitCase& unit_case, bool piped);

/// The same for a register that drives four others, for such a one with registers that can hold their values, and for
/// a one-hot multiplexer of words of 32 bits.
std::string register_wrapper();
std::string held_register_wrapper();
std::string multiplexer_wrapper(int inputs);

/// Verilog of the files that the unit needs, a multiplier as given; its registers are the black box
/// sluice_register.
std::string unit_text(const UnitCase& unit_case, const Multiplier& multiplier);

/// The black box's declaration.
std::string register_black_box();

}  // namespace sluice
