#pragma once

#include <cstdint>

#include "core/arith/scalar_type.hpp"

/// Bit-exact model of the hardware's integer units. Operands have types of their own, and the result is the exact value
/// wrapped to the result type, so that narrow operands can meet in a wide result without a conversion before.
namespace sluice::integer {

/// A value with the type that says how to read its bits.
struct Operand {
  ScalarType type;
  std::uint64_t bits = 0;
};

/// The exact value wrapped to `result`.
constexpr std::uint64_t extend(Operand a, ScalarType result) { return from_int64(result, to_int64(a.type, a.bits)); }

constexpr std::uint64_t add(Operand a, Operand b, ScalarType result) {
  return (extend(a, result) + extend(b, result)) & low_bits(result.width());
}

constexpr std::uint64_t sub(Operand a, Operand b, ScalarType result) {
  return (extend(a, result) - extend(b, result)) & low_bits(result.width());
}

constexpr std::uint64_t mul(Operand a, Operand b, ScalarType result) {
  return (extend(a, result) * extend(b, result)) & low_bits(result.width());
}

constexpr bool is_negative(Operand a) { return a.type.is_signed() && to_int64(a.type, a.bits) < 0; }

/// By value, whatever the two types.
constexpr bool less(Operand a, Operand b) {
  if (is_negative(a) != is_negative(b)) return is_negative(a);
  return static_cast<std::uint64_t>(to_int64(a.type, a.bits)) < static_cast<std::uint64_t>(to_int64(b.type, b.bits));
}

constexpr bool less_equal(Operand a, Operand b) { return !less(b, a); }
constexpr bool equal(Operand a, Operand b) { return !less(a, b) && !less(b, a); }

constexpr std::uint64_t min(Operand a, Operand b, ScalarType result) { return extend(less(b, a) ? b : a, result); }
constexpr std::uint64_t max(Operand a, Operand b, ScalarType result) { return extend(less(b, a) ? a : b, result); }

/// Shifts of a pattern of `width` bits by an unsigned amount; at `width` places and beyond only the fill is left.
constexpr std::uint64_t shift_left(int width, std::uint64_t a, std::uint64_t amount) {
  return amount >= static_cast<std::uint64_t>(width) ? 0 : (a << amount) & low_bits(width);
}

constexpr std::uint64_t shift_right_logical(int width, std::uint64_t a, std::uint64_t amount) {
  return amount >= static_cast<std::uint64_t>(width) ? 0 : a >> amount;
}

constexpr std::uint64_t shift_right_arithmetic(int width, std::uint64_t a, std::uint64_t amount) {
  const auto type = ScalarType::signed_integer(width);
  const auto places = amount >= static_cast<std::uint64_t>(width) ? width - 1 : static_cast<int>(amount);
  return from_int64(type, to_int64(type, a) >> places);
}

}  // namespace sluice::integer
