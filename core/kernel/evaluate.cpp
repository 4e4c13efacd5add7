#include "core/kernel/evaluate.hpp"

#include <stdexcept>

namespace sluice {
namespace {

/// Wide enough for the exact product of two 64-bit operands of any sign.
__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UnsignedWide;

Wide value(ScalarType type, std::uint64_t bits) {
  return type.is_signed() ? Wide{to_int64(type, bits)} : static_cast<Wide>(bits);
}

std::uint64_t wrap(ScalarType type, Wide exact) { return static_cast<std::uint64_t>(exact) & low_bits(type.width()); }

std::uint64_t evaluate_float(Opcode code, FloatFormat format, std::uint64_t a, std::uint64_t b) {
  switch (code) {
    case Opcode::add: return fp::add(format, a, b);
    case Opcode::subtract: return fp::sub(format, a, b);
    case Opcode::multiply: return fp::mul(format, a, b);
    case Opcode::divide: return fp::div(format, a, b);
    case Opcode::square_root: return fp::sqrt(format, a);
    case Opcode::negate: return fp::negate(format, a);
    case Opcode::absolute: return fp::absolute(format, a);
    case Opcode::minimum: return fp::min(format, a, b);
    case Opcode::maximum: return fp::max(format, a, b);
    case Opcode::less: return fp::less(format, a, b);
    case Opcode::less_equal: return fp::less_equal(format, a, b);
    case Opcode::equal: return fp::equal(format, a, b);
    default: throw std::logic_error("not an operation on floats");
  }
}

std::uint64_t shift_right(ScalarType from, std::uint64_t bits, std::uint64_t amount) {
  if (from.is_signed()) return static_cast<std::uint64_t>(to_int64(from, bits) >> (amount > 63 ? 63 : amount));
  return amount > 63 ? 0 : bits >> amount;
}

std::uint64_t evaluate_integer(Opcode code, ScalarType type, const OperandBits& operands) {
  const Wide a = value(operands.type[0], operands.bits[0]);
  const Wide b = value(operands.type[1], operands.bits[1]);
  switch (code) {
    case Opcode::add: return wrap(type, a + b);
    case Opcode::subtract: return wrap(type, a - b);
    case Opcode::multiply:
      return wrap(type, static_cast<Wide>(static_cast<UnsignedWide>(a) * static_cast<UnsignedWide>(b)));
    case Opcode::negate: return wrap(type, -a);
    case Opcode::absolute: return wrap(type, a < 0 ? -a : a);
    case Opcode::minimum: return wrap(type, a < b ? a : b);
    case Opcode::maximum: return wrap(type, a < b ? b : a);
    case Opcode::less: return a < b;
    case Opcode::less_equal: return a <= b;
    case Opcode::equal: return a == b;
    case Opcode::bit_and: return wrap(type, a & b);
    case Opcode::bit_or: return wrap(type, a | b);
    case Opcode::bit_xor: return wrap(type, a ^ b);
    case Opcode::bit_not: return wrap(type, ~a);
    case Opcode::shift_left:
      return operands.bits[1] >= static_cast<std::uint64_t>(type.width())
                 ? 0
                 : wrap(type, static_cast<Wide>(static_cast<UnsignedWide>(a) << operands.bits[1]));
    case Opcode::shift_right:
      return shift_right(operands.type[0], operands.bits[0], operands.bits[1]) & low_bits(type.width());
    default: throw std::logic_error("not an operation on integers");
  }
}

std::uint64_t convert(ScalarType to, fp::Rounding rounding, ScalarType from, std::uint64_t bits) {
  if (from.is_float()) {
    return to.is_float() ? fp::convert(from.format(), bits, to.format())
                         : fp::to_integer(from.format(), bits, to, rounding);
  }
  return to.is_float() ? fp::from_integer(to.format(), from, bits) : wrap(to, value(from, bits));
}

}  // namespace

std::uint64_t evaluate(Opcode code, ScalarType type, fp::Rounding rounding, const OperandBits& operands) {
  switch (code) {
    case Opcode::select: return operands.bits[0] ? operands.bits[1] : operands.bits[2];
    case Opcode::bitcast: return operands.bits[0];
    case Opcode::convert: return convert(type, rounding, operands.type[0], operands.bits[0]);
    default:
      return operands.type[0].is_float()
                 ? evaluate_float(code, operands.type[0].format(), operands.bits[0], operands.bits[1])
                 : evaluate_integer(code, type, operands);
  }
}

}  // namespace sluice
