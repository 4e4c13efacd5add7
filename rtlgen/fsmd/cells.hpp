#pragma once

#include <string>
#include <vector>

#include "binder/binding.hpp"
#include "rtlgen/fsmd/memories.hpp"
#include "rtlgen/netlist/netlist.hpp"

namespace sluice {

/// The signals of one memory port; `data` is what is written, or the net that takes what is read.
struct MemoryPort {
  Expr enable;
  Expr address;
  Expr data;
};

/// A weight memory filled from `file`.
Instance rom_instance(const Memory& memory, const MemoryPort& read, const std::string& file);

/// A scratch memory, or the registers in its place.
Instance ram_instance(const Memory& memory, const MemoryPort& write, const MemoryPort& read);

/// Width of a unit's mode input; 0 if it has none.
int unit_mode_bits(const UnitSpec& spec);

/// An arithmetic unit. May add wires to `module` where operands must be widened.
Instance unit_instance(Module& module, const BoundUnit& unit, const std::vector<Expr>& operands, const Expr& mode,
                       const Expr& result);

}  // namespace sluice
