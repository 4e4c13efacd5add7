#pragma once

#include <span>
#include <string>

#include "core/target/target.hpp"
#include "systemgen/synth/survey.hpp"

namespace sluice {

/// Memories of more bits than this are macros of an ASIC library, or block memories of an FPGA; smaller ones are logic.
inline constexpr std::int64_t kLargestLogicMemoryBits = 1024;

/// Whether a memory is a macro.
bool is_macro(const MemoryShape& shape);

/// The name of the black box that stands for a macro.
std::string macro_name(const MemoryShape& shape);

/// A Liberty library, in ps and fF, with a cell for each of `shapes`: clock to read data and set-up times are the
/// target's. The macros have no area.
std::string macro_liberty(std::span<const MemoryShape> shapes, const Target& target);

/// Verilog of the black boxes.
std::string macro_modules(std::span<const MemoryShape> shapes);

/// A module of the name and the ports of sluice_ram (`writable`) or sluice_rom that is a macro for those of `shapes`
/// that it fits, and else the module <name>_logic.
std::string macro_wrapper(std::span<const MemoryShape> shapes, bool writable);

}  // namespace sluice
