#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

/// A binary floating-point format: sign, `exponent_bits`, `mantissa_bits` (without the hidden one).
struct FloatFormat {
  int exponent_bits = 8;
  int mantissa_bits = 23;

  [[nodiscard]] constexpr int width() const { return 1 + exponent_bits + mantissa_bits; }
  bool operator==(const FloatFormat&) const = default;
};

inline constexpr FloatFormat kFloat16{5, 10};
inline constexpr FloatFormat kBfloat16{8, 7};
inline constexpr FloatFormat kFloat32{8, 23};
inline constexpr FloatFormat kFloat64{11, 52};

/// The type of one element in hardware: a float of some format, or an integer of 1 to 64 bits.
/// A value of it is carried as raw bits in the low `width()` bits of a std::uint64_t, the rest zero.
class ScalarType {
 public:
  enum class Kind : std::uint8_t { floating, signed_integer, unsigned_integer };

  constexpr ScalarType() = default;
  static constexpr ScalarType floating(FloatFormat format) { return {Kind::floating, format, format.width()}; }
  static constexpr ScalarType signed_integer(int width) { return {Kind::signed_integer, {}, width}; }
  static constexpr ScalarType unsigned_integer(int width) { return {Kind::unsigned_integer, {}, width}; }
  static constexpr ScalarType boolean() { return unsigned_integer(1); }

  [[nodiscard]] constexpr Kind kind() const { return kind_; }
  [[nodiscard]] constexpr bool is_float() const { return kind_ == Kind::floating; }
  [[nodiscard]] constexpr bool is_signed() const { return kind_ == Kind::signed_integer; }
  [[nodiscard]] constexpr bool is_integer() const { return kind_ != Kind::floating; }
  [[nodiscard]] constexpr FloatFormat format() const { return format_; }  ///< only of a float
  [[nodiscard]] constexpr int width() const { return width_; }            ///< bits

  bool operator==(const ScalarType&) const = default;

 private:
  constexpr ScalarType(Kind kind, FloatFormat format, int width) : kind_(kind), format_(format), width_(width) {}

  Kind kind_ = Kind::floating;
  FloatFormat format_ = kFloat32;
  int width_ = 32;
};

/// "f64", "f32", "f16", "bf16", "f<e,m>", "i8", "u1", ...
std::string to_string(ScalarType type);

/// The type that `to_string` would write as `text`, if there is one.
std::optional<ScalarType> parse_scalar_type(std::string_view text);

/// The low `width` bits set; `width` in 0..64.
constexpr std::uint64_t low_bits(int width) {
  return width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
}

/// `bits` of an integer type, sign- or zero-extended to 64 bits.
constexpr std::int64_t to_int64(ScalarType type, std::uint64_t bits) {
  if (!type.is_signed() || type.width() >= 64) return static_cast<std::int64_t>(bits);
  const std::uint64_t sign = std::uint64_t{1} << (type.width() - 1);
  return static_cast<std::int64_t>((bits ^ sign) - sign);
}

/// `value` wrapped to an integer type's bits.
constexpr std::uint64_t from_int64(ScalarType type, std::int64_t value) {
  return static_cast<std::uint64_t>(value) & low_bits(type.width());
}

}  // namespace sluice
