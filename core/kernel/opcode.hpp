#pragma once

#include <cstdint>
#include <string_view>

namespace sluice {

/// What an operation of a kernel's body does. Integers: the exact result of the operands' values, wrapped to the result
/// type; operands may have different widths and signs. Floats: operands and result have one format (core/arith).
enum class Opcode : std::uint8_t {
  // Values that the loop nest gives
  constant,  ///< `literal`
  affine,    ///< value of `index[0]` at the current iterators, wrapped to an integer type; see AddressTree for more
  guard,     ///< u1: all `conditions` hold at the current iterators
  delay,     ///< the value that operand 0 (any operation of the body) had `distance` iterations ago in this firing;
             ///< undefined before there were so many
  // Arrays
  load,    ///< array[index...]; with an operand (u1): undefined, and nothing read, where it is 0
  lookup,  ///< the array's element of row-major number operand 0, in range; with operand 1: as a load's predicate
  store,   ///< array[index...] = operand 0; with operand 1 (u1): only where it is 1; makes no value
  // Choice
  select,  ///< operand 0 (u1) ? operand 1 : operand 2; the operand that is not chosen may be undefined
  // Arithmetic, on floats or integers
  add,
  subtract,
  multiply,
  negate,
  absolute,
  minimum,
  maximum,
  less,        ///< u1
  less_equal,  ///< u1
  equal,       ///< u1
  // Floats only
  divide,
  square_root,
  // Integers only
  bit_and,
  bit_or,
  bit_xor,
  bit_not,
  shift_left,   ///< operand 0 << operand 1 (unsigned), wrapped; everything is shifted out from the type's width on
  shift_right,  ///< operand 0 >> operand 1 (unsigned): arithmetic if operand 0 is signed, else logical
  // Change of type
  convert,  ///< same value in another type: float to integer as `rounding` says, saturating; integer to integer wraps
  bitcast,  ///< same bits in another type of the same width
};

std::string_view to_string(Opcode opcode);

/// Whether the operation computes no new value of its own from operands: constant, affine, guard.
bool is_nullary(Opcode opcode);

}  // namespace sluice
