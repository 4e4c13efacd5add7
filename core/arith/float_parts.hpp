#pragma once

#include <cstdint>

#include "core/arith/scalar_type.hpp"

/// What the operations of float_ops.hpp share: taking a number apart, and rounding an exact result into a format.
/// They hold for every format up to that of binary64 (11 exponent bits, 52 mantissa bits).
namespace sluice::fp {

__extension__ typedef unsigned __int128 uint128;  // NOLINT(modernize-use-using): `using` does not take __extension__

/// A number after the flush of subnormals; a finite one is (-1)^negative * significand * 2^exponent.
struct Parts {
  enum class Kind : std::uint8_t { zero, finite, infinite, nan };

  Kind kind = Kind::zero;
  bool negative = false;
  int exponent = 0;
  std::uint64_t significand = 0;  ///< hidden one at bit `mantissa_bits`; 0 unless finite

  [[nodiscard]] bool is_zero() const { return kind == Kind::zero; }
  [[nodiscard]] bool is_infinite() const { return kind == Kind::infinite; }
  [[nodiscard]] bool is_nan() const { return kind == Kind::nan; }
};

constexpr int bias(FloatFormat format) { return static_cast<int>(low_bits(format.exponent_bits - 1)); }

/// A zero with the given sign.
constexpr std::uint64_t zero(FloatFormat format, bool negative) {
  return std::uint64_t{negative} << (format.width() - 1);
}

Parts unpack(FloatFormat format, std::uint64_t bits);

/// (-1)^negative * significand * 2^exponent in `format`: to nearest even as if the exponent had no limits, then too
/// large becomes infinity and too small a zero. `significand` is not zero; an inexact one has its lowest bit set as a
/// sticky bit and at least `mantissa_bits` + 3 significant bits.
std::uint64_t round_to(FloatFormat format, bool negative, int exponent, uint128 significand);

}  // namespace sluice::fp
