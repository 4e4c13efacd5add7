#include "frontend/loops/reduce_strength.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "core/arith/float_ops.hpp"
#include "frontend/loops/body_editor.hpp"

namespace sluice {
namespace {

/// One digit of a number: plus or minus 2^shift.
struct SignedDigit {
  int shift = 0;
  bool negative = false;
};

/// The digits of the number modulo 2^width of which no two neighbours are other than 0: there is no shorter form.
std::vector<SignedDigit> signed_digits(std::uint64_t value, int width) {
  std::vector<SignedDigit> digits;
  for (int shift = 0; shift < width && value != 0; ++shift, value >>= 1) {
    if ((value & 1) == 0) continue;
    const bool negative = (value & 3) == 3;
    digits.push_back({shift, negative});
    value = negative ? value + 1 : value - 1;
  }
  return digits;
}

/// 1 / c, if both are powers of two that are no subnormals.
std::optional<std::uint64_t> exact_inverse(FloatFormat format, std::uint64_t c) {
  const std::uint64_t exponent = fp::infinity(format, false);
  const auto is_power = [&](std::uint64_t x) {
    return (x & low_bits(format.mantissa_bits)) == 0 && (x & exponent) != 0 && (x & exponent) != exponent;
  };
  if (!is_power(c)) return std::nullopt;
  const std::uint64_t inverse = fp::div(format, fp::from_double(format, 1), c);
  return is_power(inverse) ? std::optional(inverse) : std::nullopt;
}

class Reducer {
 public:
  explicit Reducer(Nest& nest) : nest_(nest), editor_(nest) {}

  std::size_t run() {
    std::size_t changes = 0;
    for (const auto id : id_range<OpId>(editor_.old_body().size())) {
      const Op& op = editor_.old_body()[id.index()];
      if (const auto cheaper = reduce(op)) {
        editor_.merge(id, *cheaper);
        ++changes;
      } else {
        editor_.keep(id, op);
      }
    }
    editor_.finish();
    return changes;
  }

 private:
  std::optional<OpId> reduce(const Op& op) {
    if (op.code != Opcode::multiply && op.code != Opcode::divide) return std::nullopt;
    const OpId a = editor_.now(op.operands[0]);
    const OpId b = editor_.now(op.operands[1]);
    if (op.code == Opcode::divide) return divide(op.type, a, b);
    for (const auto& [x, c] : {std::pair(a, b), std::pair(b, a)}) {
      if (nest_.op(c).code != Opcode::constant) continue;
      const auto cheaper = op.type.is_float() ? twice(op.type, x, c) : multiply(op.type, x, c);
      if (cheaper) return cheaper;
    }
    return std::nullopt;
  }

  std::optional<OpId> divide(ScalarType type, OpId x, OpId c) {
    if (nest_.op(c).code != Opcode::constant) return std::nullopt;
    const auto inverse = exact_inverse(type.format(), nest_.op(c).literal);
    if (!inverse) return std::nullopt;
    const OpId factor = editor_.add({.code = Opcode::constant, .type = type, .literal = *inverse});
    if (const auto sum = twice(type, x, factor)) return sum;
    return editor_.add({.code = Opcode::multiply, .type = type, .operands = {x, factor}});
  }

  std::optional<OpId> twice(ScalarType type, OpId x, OpId c) {
    if (nest_.op(c).literal != fp::from_double(type.format(), 2)) return std::nullopt;
    return editor_.add({.code = Opcode::add, .type = type, .operands = {x, x}});
  }

  std::optional<OpId> multiply(ScalarType type, OpId x, OpId c) {
    const Op& factor = nest_.op(c);
    const auto value = static_cast<std::uint64_t>(to_int64(factor.type, factor.literal)) & low_bits(type.width());
    auto digits = signed_digits(value, type.width());
    if (digits.empty() || digits.size() > 2) return std::nullopt;
    if (digits.size() == 2 && digits[0].negative) std::swap(digits[0], digits[1]);
    const OpId first = shifted(type, x, digits[0]);
    if (digits.size() == 1) return first;
    const Opcode code = digits[1].negative ? Opcode::subtract : Opcode::add;
    const OpId second = shifted(type, x, {digits[1].shift, false});
    return editor_.add({.code = code, .type = type, .operands = {first, second}});
  }

  OpId shifted(ScalarType type, OpId x, SignedDigit digit) {
    OpId value = x;
    if (digit.shift > 0) {
      const OpId amount = editor_.add({.code = Opcode::constant,
                                       .type = ScalarType::unsigned_integer(6),
                                       .literal = static_cast<std::uint64_t>(digit.shift)});
      value = editor_.add({.code = Opcode::shift_left, .type = type, .operands = {x, amount}});
    }
    if (digit.negative) return editor_.add({.code = Opcode::negate, .type = type, .operands = {value}});
    if (nest_.op(value).type == type) return value;
    return editor_.add({.code = Opcode::convert, .type = type, .operands = {value}});
  }

  Nest& nest_;
  BodyEditor editor_;
};

}  // namespace

std::size_t reduce_strength(Nest& nest) { return Reducer(nest).run(); }

}  // namespace sluice
