#include "core/arith/float_generic.hpp"
#include "core/arith/float_ops.hpp"
#include "core/arith/float_parts.hpp"

namespace sluice::fp::generic {

std::uint64_t div(FloatFormat format, std::uint64_t a, std::uint64_t b) {
  const Parts x = unpack(format, a);
  const Parts y = unpack(format, b);
  const bool negative = x.negative != y.negative;
  if (x.is_nan() || y.is_nan()) return quiet_nan(format);
  if ((x.is_infinite() && y.is_infinite()) || (x.is_zero() && y.is_zero())) return quiet_nan(format);
  if (x.is_infinite() || y.is_zero()) return infinity(format, negative);
  if (x.is_zero() || y.is_infinite()) return zero(format, negative);

  constexpr int kQuotientBits = 64;
  const uint128 dividend = uint128{x.significand} << kQuotientBits;
  const uint128 quotient = dividend / y.significand;
  const uint128 sticky = quotient * y.significand != dividend ? 1 : 0;
  return round_to(format, negative, x.exponent - y.exponent - kQuotientBits, quotient | sticky);
}

}  // namespace sluice::fp::generic
