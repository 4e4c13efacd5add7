#include "core/kernel/opcode.hpp"

#include <array>

namespace sluice {

std::string_view to_string(Opcode opcode) {
  static constexpr std::array<std::string_view, 28> names{
      "constant", "affine",   "guard",      "delay",   "load",    "lookup",      "store",   "select",  "add",
      "subtract", "multiply", "negate",     "absolute", "minimum", "maximum",     "less",    "less_equal", "equal",
      "divide",   "square_root", "bit_and", "bit_or",  "bit_xor", "bit_not",     "shift_left", "shift_right", "convert",
      "bitcast"};
  return names.at(static_cast<std::size_t>(opcode));
}

bool is_nullary(Opcode opcode) {
  return opcode == Opcode::constant || opcode == Opcode::affine || opcode == Opcode::guard;
}

}  // namespace sluice
