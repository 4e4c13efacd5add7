#pragma once

#include <string>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// The hardware unit that an operation needs. Operations with equal specs can share one.
struct UnitSpec {
  std::string unit;                  ///< "fp_add", "int_mul", ... as targets and rtlgen/units name them
  std::vector<ScalarType> operands;  ///< types of its data inputs
  ScalarType result;
  fp::Rounding rounding = fp::Rounding::nearest_even;  ///< of fp_to_int

  bool operator==(const UnitSpec&) const = default;
};

/// "fp_add f32", "int_mul i8 i8 -> i32".
std::string to_string(const UnitSpec& spec);

/// How an operation becomes hardware.
enum class Realization : std::uint8_t {
  nothing,  ///< constant, bitcast, delay: no gates
  issuer,   ///< affine, guard: given by the nest's counters
  port,     ///< load, lookup, store: a memory port
  inlined,  ///< select, bit operations, sign changes, integer width changes: gates that are not worth sharing
  unit,     ///< an instance of a UnitSpec
};

Realization realization(const Nest& nest, const Op& op);

/// Only of operations that are realized as units.
UnitSpec unit_spec(const Nest& nest, const Op& op);

/// The value of the unit's mode input: add 0, subtract 1; less 0, less_equal 1, equal 2; minimum 0, maximum 1; shift
/// left 0, right logical 1, right arithmetic 2. 0 for units without modes.
int unit_mode(const Nest& nest, const Op& op);

}  // namespace sluice
