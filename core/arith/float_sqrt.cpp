#include "core/arith/float_generic.hpp"
#include "core/arith/float_ops.hpp"
#include "core/arith/float_parts.hpp"

namespace sluice::fp::generic {

namespace {

/// The root rounded down, found bit by bit from the top; `value` below 2^122.
std::uint64_t integer_sqrt(uint128 value) {
  std::uint64_t root = 0;
  for (std::uint64_t bit = std::uint64_t{1} << 60; bit != 0; bit >>= 1) {
    const std::uint64_t trial = root | bit;
    if (uint128{trial} * trial <= value) root = trial;
  }
  return root;
}

}  // namespace

std::uint64_t sqrt(FloatFormat format, std::uint64_t a) {
  const Parts x = unpack(format, a);
  if (x.is_zero()) return zero(format, x.negative);
  if (x.is_nan() || x.negative) return quiet_nan(format);
  if (x.is_infinite()) return a;

  const int shift = (x.exponent & 1) != 0 ? 65 : 66;  // even exponent; root of (mantissa_bits + 66) / 2 bits or more
  const uint128 radicand = uint128{x.significand} << shift;
  const std::uint64_t root = integer_sqrt(radicand);
  const uint128 sticky = uint128{root} * root != radicand ? 1 : 0;
  return round_to(format, false, (x.exponent - shift) / 2, root | sticky);
}

}  // namespace sluice::fp::generic
