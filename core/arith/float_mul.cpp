#include "core/arith/float_generic.hpp"
#include "core/arith/float_ops.hpp"
#include "core/arith/float_parts.hpp"

namespace sluice::fp::generic {

std::uint64_t mul(FloatFormat format, std::uint64_t a, std::uint64_t b) {
  const Parts x = unpack(format, a);
  const Parts y = unpack(format, b);
  const bool negative = x.negative != y.negative;
  if (x.is_nan() || y.is_nan()) return quiet_nan(format);
  if ((x.is_infinite() && y.is_zero()) || (x.is_zero() && y.is_infinite())) return quiet_nan(format);
  if (x.is_infinite() || y.is_infinite()) return infinity(format, negative);
  if (x.is_zero() || y.is_zero()) return zero(format, negative);
  return round_to(format, negative, x.exponent + y.exponent, uint128{x.significand} * y.significand);
}

}  // namespace sluice::fp::generic
