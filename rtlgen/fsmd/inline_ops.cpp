#include "rtlgen/fsmd/inline_ops.hpp"

#include <algorithm>
#include <stdexcept>

namespace sluice {
namespace {

Expr zero(int width) { return Expr::constant(width, 0); }

/// The sign bit replaced.
Expr with_sign(const Expr& value, const Expr& sign) { return concat({sign, value.slice(0, value.width() - 1)}); }

Expr shift_left(const Expr& value, ScalarType from, int width, std::uint64_t amount) {
  if (amount >= static_cast<std::uint64_t>(width)) return zero(width);
  if (amount == 0) return value.resized(width, from.is_signed());
  const int kept = width - static_cast<int>(amount);
  return concat({value.resized(kept, from.is_signed()), zero(static_cast<int>(amount))});
}

Expr shift_right(const Expr& value, ScalarType from, int width, std::uint64_t amount) {
  const int own = value.width();
  if (amount >= static_cast<std::uint64_t>(own)) {
    return from.is_signed() ? value.slice(own - 1, 1).resized(width, true) : zero(width);
  }
  return value.slice(static_cast<int>(amount), own - static_cast<int>(amount)).resized(width, from.is_signed());
}

}  // namespace

Expr inline_op(const WireOp& op, const std::vector<Expr>& operands) {
  const int width = op.type.width();
  const auto extended = [&](std::size_t i) { return operands[i].resized(width, op.operand_types[i].is_signed()); };
  switch (op.code) {
    case Opcode::select: return select(operands[0], operands[1], operands[2]);
    case Opcode::bit_and: return extended(0) & extended(1);
    case Opcode::bit_or: return extended(0) | extended(1);
    case Opcode::bit_xor: return extended(0) ^ extended(1);
    case Opcode::bit_not: return ~extended(0);
    case Opcode::bitcast: return operands[0];
    case Opcode::convert: return extended(0);
    case Opcode::shift_left: return shift_left(operands[0], op.operand_types[0], width, op.operands[1].literal);
    case Opcode::shift_right: return shift_right(operands[0], op.operand_types[0], width, op.operands[1].literal);
    case Opcode::negate:
      if (op.type.is_float()) return with_sign(operands[0], ~operands[0].slice(width - 1, 1));
      return zero(width) - extended(0);
    case Opcode::absolute:
      if (op.type.is_float()) return with_sign(operands[0], zero(1));
      if (!op.operand_types[0].is_signed()) return extended(0);
      return select(operands[0].slice(operands[0].width() - 1, 1), zero(width) - extended(0), extended(0));
    default: throw std::logic_error("not an inlined operation");
  }
}

}  // namespace sluice
