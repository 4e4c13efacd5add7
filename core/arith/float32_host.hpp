#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

/// float32 operations on the host's own arithmetic, for speed. Flush and NaN are handled here, so that the result does
/// not depend on the host's modes (only on its rounding to nearest even, which nobody changes).
namespace sluice::fp::host {

inline constexpr std::uint32_t kSign = 0x80000000;
inline constexpr std::uint32_t kInfinity = 0x7f800000;
inline constexpr std::uint32_t kQuietNan = 0x7fc00000;

/// The value of `bits`, a subnormal as zero.
inline float value_of(std::uint64_t bits) {
  const auto word = static_cast<std::uint32_t>(bits);
  return std::bit_cast<float>((word & kInfinity) == 0 ? word & kSign : word);
}

/// The bits of `value`, a subnormal as zero, any NaN as the one NaN.
inline std::uint64_t bits_of(float value) {
  const auto word = std::bit_cast<std::uint32_t>(value);
  if ((word & kInfinity) == 0) return word & kSign;
  return (word & ~kSign) > kInfinity ? kQuietNan : word;
}

/// `value` rounded to float32. A value flushes when even its rounding with unlimited exponent is below 2^-126; the
/// largest such value lies just below the tie 2^-126 - 2^-151.
inline std::uint64_t round_to_float32(double value) {
  constexpr double kKept = 0x1p-126 - 0x1p-151;
  if (std::fabs(value) < kKept) return std::signbit(value) ? kSign : 0;
  return bits_of(static_cast<float>(value));
}

/// A sum of normal numbers that is subnormal is exact, hence flushed by its own size.
inline std::uint64_t add(std::uint64_t a, std::uint64_t b) { return bits_of(value_of(a) + value_of(b)); }
inline std::uint64_t sub(std::uint64_t a, std::uint64_t b) { return bits_of(value_of(a) - value_of(b)); }

/// Exact in double before the one rounding.
inline std::uint64_t mul(std::uint64_t a, std::uint64_t b) {
  return round_to_float32(static_cast<double>(value_of(a)) * static_cast<double>(value_of(b)));
}

/// Rounding twice is harmless: double has more than 2 * 24 + 1 bits.
inline std::uint64_t div(std::uint64_t a, std::uint64_t b) {
  return round_to_float32(static_cast<double>(value_of(a)) / static_cast<double>(value_of(b)));
}

inline std::uint64_t sqrt(std::uint64_t a) { return bits_of(std::sqrt(value_of(a))); }

}  // namespace sluice::fp::host
