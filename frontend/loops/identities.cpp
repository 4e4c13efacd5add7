#include "frontend/loops/identities.hpp"

#include "core/arith/float_ops.hpp"

namespace sluice {
namespace {

Op constant(ScalarType type, std::uint64_t literal) {
  return {.code = Opcode::constant, .type = type, .literal = literal & low_bits(type.width())};
}

/// The integer operand wrapped to the result's type, as every operation does.
Simpler wrapped(const std::vector<Op>& body, OpId operand, ScalarType type) {
  if (body[operand.index()].type == type) return operand;
  return Op{.code = Opcode::convert, .type = type, .operands = {operand}};
}

/// The literal of a constant operand, sign- or zero-extended; of 64 unsigned bits as they are.
std::optional<std::int64_t> integer_literal(const std::vector<Op>& body, OpId operand) {
  const Op& op = body[operand.index()];
  if (op.code != Opcode::constant || !op.type.is_integer()) return std::nullopt;
  return to_int64(op.type, op.literal);
}

std::optional<std::uint64_t> float_literal(const std::vector<Op>& body, OpId operand) {
  const Op& op = body[operand.index()];
  return op.code == Opcode::constant ? std::optional(op.literal) : std::nullopt;
}

bool is_commutative(Opcode code) {
  return code == Opcode::add || code == Opcode::multiply || code == Opcode::bit_and || code == Opcode::bit_or ||
         code == Opcode::bit_xor;
}

/// x op x, of integers.
std::optional<Simpler> with_itself(const std::vector<Op>& body, const Op& op) {
  switch (op.code) {
    case Opcode::subtract:
    case Opcode::bit_xor:
    case Opcode::less:
      return constant(op.type, 0);
    case Opcode::less_equal:
    case Opcode::equal:
      return constant(op.type, 1);
    case Opcode::minimum:
    case Opcode::maximum:
    case Opcode::bit_and:
    case Opcode::bit_or:
      return wrapped(body, op.operands[0], op.type);
    default:
      return std::nullopt;
  }
}

/// x op c, of integers.
std::optional<Simpler> with_literal(const std::vector<Op>& body, Opcode code, ScalarType type, OpId x, std::int64_t c) {
  const std::uint64_t all = low_bits(type.width());
  const std::uint64_t bits = static_cast<std::uint64_t>(c) & all;
  switch (code) {
    case Opcode::add:
    case Opcode::subtract:
    case Opcode::bit_xor:
      return bits == 0 ? std::optional(wrapped(body, x, type)) : std::nullopt;
    case Opcode::shift_left:
    case Opcode::shift_right:
      return c == 0 ? std::optional(wrapped(body, x, type)) : std::nullopt;
    case Opcode::multiply:
      if (bits == 0) return constant(type, 0);
      return bits == 1 ? std::optional(wrapped(body, x, type)) : std::nullopt;
    case Opcode::bit_and:
      if (bits == 0) return constant(type, 0);
      return bits == all ? std::optional(wrapped(body, x, type)) : std::nullopt;
    case Opcode::bit_or:
      if (bits == all) return constant(type, all);
      return bits == 0 ? std::optional(wrapped(body, x, type)) : std::nullopt;
    default:
      return std::nullopt;
  }
}

/// Whether every value of `from` is one of `to`, normal if it was.
bool holds_all(FloatFormat to, FloatFormat from) {
  return to.exponent_bits >= from.exponent_bits && to.mantissa_bits >= from.mantissa_bits;
}

}  // namespace

bool is_canonical(const std::vector<Op>& body, OpId value) {
  // Far chains of selections are not worth following.
  constexpr int kMostSteps = 8;
  std::vector<OpId> open{value};
  for (int steps = 0; !open.empty() && steps < kMostSteps; ++steps) {
    const Op& op = body[open.back().index()];
    open.pop_back();
    switch (op.code) {
      case Opcode::add:
      case Opcode::subtract:
      case Opcode::multiply:
      case Opcode::divide:
      case Opcode::square_root:
      case Opcode::minimum:
      case Opcode::maximum:
      case Opcode::convert:
        break;
      case Opcode::constant: {
        const std::uint64_t one = fp::from_double(op.type.format(), 1);
        if (fp::mul(op.type.format(), op.literal, one) != op.literal) return false;
        break;
      }
      case Opcode::select:
        open.push_back(op.operands[1]);
        open.push_back(op.operands[2]);
        break;
      default:
        return false;
    }
  }
  return open.empty();
}

std::optional<Simpler> simplify_integer(const std::vector<Op>& body, const Op& op) {
  if (op.operands.size() == 1) {
    const Op& inner = body[op.operands[0].index()];
    const bool twice = inner.code == op.code && (op.code == Opcode::negate || op.code == Opcode::bit_not);
    if (!twice || inner.type != op.type || body[inner.operands[0].index()].type != op.type) return std::nullopt;
    return inner.operands[0];
  }
  if (op.operands.size() != 2) return std::nullopt;
  const OpId a = op.operands[0];
  const OpId b = op.operands[1];
  if (a == b) {
    if (auto simpler = with_itself(body, op)) return simpler;
  }
  if (const auto c = integer_literal(body, b)) return with_literal(body, op.code, op.type, a, *c);
  if (const auto c = integer_literal(body, a); c && is_commutative(op.code))
    return with_literal(body, op.code, op.type, b, *c);
  return std::nullopt;
}

std::optional<Simpler> simplify_float(const std::vector<Op>& body, const Op& op) {
  if (op.operands.empty()) return std::nullopt;
  const ScalarType operand_type = body[op.operands[0].index()].type;
  const FloatFormat format = operand_type.format();
  const std::uint64_t one = fp::from_double(format, 1);
  const std::uint64_t minus_zero = fp::negate(format, 0);
  const OpId a = op.operands[0];
  if (op.operands.size() == 1) {
    const Op& inner = body[a.index()];
    const bool sign = inner.code == Opcode::negate || inner.code == Opcode::absolute;
    if (op.code == Opcode::negate && inner.code == Opcode::negate) return inner.operands[0];
    if (op.code == Opcode::absolute && sign)
      return Op{.code = Opcode::absolute, .type = op.type, .operands = {inner.operands[0]}};
    return std::nullopt;
  }
  const OpId b = op.operands[1];
  if (op.code == Opcode::less && a == b) return constant(op.type, 0);
  if ((op.code == Opcode::minimum || op.code == Opcode::maximum) && a == b && is_canonical(body, a)) return a;
  const auto is_literal = [&](OpId value, std::uint64_t bits) { return float_literal(body, value) == bits; };
  for (const auto& [x, c] : {std::pair(a, b), std::pair(b, a)}) {
    const bool in_order = c == b;
    const bool changes_nothing = (op.code == Opcode::multiply && is_literal(c, one)) ||
                                 (op.code == Opcode::add && is_literal(c, minus_zero)) ||
                                 (in_order && op.code == Opcode::divide && is_literal(c, one)) ||
                                 (in_order && op.code == Opcode::subtract && is_literal(c, 0));
    if (changes_nothing && is_canonical(body, x)) return x;
  }
  return std::nullopt;
}

std::optional<Simpler> simplify_choice(const std::vector<Op>& body, const Op& op) {
  const Op& first = body[op.operands[0].index()];
  if (op.code == Opcode::select) {
    if (op.operands[1] == op.operands[2]) return op.operands[1];
    if (first.code == Opcode::constant) return op.operands[first.literal != 0 ? 1 : 2];
    if (first.code == Opcode::guard && first.conditions.empty()) return op.operands[1];
    const bool literals =
        body[op.operands[1].index()].code == Opcode::constant && body[op.operands[2].index()].code == Opcode::constant;
    if (op.type != ScalarType::boolean() || !literals) return std::nullopt;
    const auto yes = body[op.operands[1].index()].literal;
    const auto no = body[op.operands[2].index()].literal;
    if (yes == no) return constant(op.type, yes);
    return yes == 1 ? Simpler(op.operands[0])
                    : Simpler(Op{.code = Opcode::bit_not, .type = op.type, .operands = {op.operands[0]}});
  }
  const bool same_type = first.type == op.type;
  if (op.code == Opcode::bitcast) {
    if (same_type) return op.operands[0];
    if (first.code != Opcode::bitcast) return std::nullopt;
    return Op{.code = Opcode::bitcast, .type = op.type, .operands = {first.operands[0]}};
  }
  if (same_type && (op.type.is_integer() || is_canonical(body, op.operands[0]))) return op.operands[0];
  if (first.code != Opcode::convert) return std::nullopt;
  // There and back.
  const Op& source = body[first.operands[0].index()];
  if (op.type.is_integer() && first.type.is_integer() && source.type.is_integer() &&
      op.type.width() <= first.type.width())
    return wrapped(body, first.operands[0], op.type);
  if (source.type == op.type && op.type.is_float() && first.type.is_float() &&
      holds_all(first.type.format(), op.type.format()) && is_canonical(body, first.operands[0]))
    return first.operands[0];
  return std::nullopt;
}

}  // namespace sluice
