#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/arith/float_ops.hpp"
#include "core/arith/scalar_type.hpp"
#include "core/diag/embedded.hpp"
#include "rtlgen/netlist/netlist.hpp"

/// The hardware units: Verilog, one file for each module, and how to instantiate them.
namespace sluice {

/// Every file, sorted by name: the module "sluice_fp_add" is in "sluice_fp_add.v".
std::span<const EmbeddedFile> unit_verilog();

/// The text of one module's file, without those it uses. Throws std::out_of_range for a module that is not there.
std::string_view unit_verilog(std::string_view module);

/// The files of `modules` and of all that they use, each once, sorted by name.
std::vector<EmbeddedFile> unit_files(std::span<const std::string> modules);

/// Names of the units that `unit_interface` knows: "fp_add", "int_mul", ...
std::vector<std::string_view> unit_names();

/// What the unit can do, in the order of the codes on its port mode_i: "add", "sub". Empty if it has no such port.
std::span<const std::string_view> unit_modes(std::string_view unit);

/// The code of `mode` on the port mode_i. Throws std::out_of_range for a mode that the unit does not have.
int unit_mode(std::string_view unit, std::string_view mode);

/// A unit as it is to be built.
struct UnitUse {
  std::string unit;                                   ///< "fp_add", "int_mul", ...
  std::vector<ScalarType> operands;                   ///< of fp_*: one float type; of int_*: any integer types
  ScalarType result;                                  ///< of fp_cmp and int_cmp: boolean
  std::uint64_t cuts = 0;                             ///< UnitTiming::cuts
  fp::Rounding rounding = fp::Rounding::toward_zero;  ///< of fp_to_int
};

/// A unit's module, seen from outside.
struct UnitInterface {
  std::string module;
  std::vector<ParameterValue> parameters;
  /// clk, operands a_i and b_i, mode_i (only if it has modes), result y_o.
  std::vector<Port> ports;
};

/// Throws std::out_of_range for a unit that is not there, std::invalid_argument for types that it does not take.
UnitInterface unit_interface(const UnitUse& use);

}  // namespace sluice
