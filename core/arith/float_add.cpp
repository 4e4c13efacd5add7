#include <utility>

#include "core/arith/float_generic.hpp"
#include "core/arith/float_ops.hpp"
#include "core/arith/float_parts.hpp"

namespace sluice::fp::generic {

namespace {

/// Places below the larger operand's last bit; whatever of the smaller one lies further down is only a sticky bit.
constexpr int kGuardBits = 60;

std::uint64_t add_finite(FloatFormat format, Parts large, Parts small) {
  if (large.exponent < small.exponent) std::swap(large, small);
  const int distance = large.exponent - small.exponent;
  const uint128 big = uint128{large.significand} << kGuardBits;
  const uint128 little = distance <= kGuardBits ? uint128{small.significand} << (kGuardBits - distance) : 1;
  const int exponent = large.exponent - kGuardBits;

  if (large.negative == small.negative) return round_to(format, large.negative, exponent, big + little);
  if (big == little) return zero(format, false);
  if (big > little) return round_to(format, large.negative, exponent, big - little);
  return round_to(format, small.negative, exponent, little - big);
}

}  // namespace

std::uint64_t add(FloatFormat format, std::uint64_t a, std::uint64_t b) {
  const Parts x = unpack(format, a);
  const Parts y = unpack(format, b);
  if (x.is_nan() || y.is_nan()) return quiet_nan(format);
  if (x.is_infinite() && y.is_infinite() && x.negative != y.negative) return quiet_nan(format);
  if (x.is_infinite()) return a;
  if (y.is_infinite()) return b;
  if (x.is_zero() && y.is_zero()) return zero(format, x.negative && y.negative);
  if (x.is_zero()) return b;
  if (y.is_zero()) return a;
  return add_finite(format, x, y);
}

}  // namespace sluice::fp::generic
