#include "core/arith/float_ops.hpp"
#include "core/arith/float_parts.hpp"

namespace sluice::fp {

namespace {

bool unordered(FloatFormat format, std::uint64_t a, std::uint64_t b) {
  return absolute(format, a) > infinity(format, false) || absolute(format, b) > infinity(format, false);
}

std::uint64_t flush(FloatFormat format, std::uint64_t a) {
  const bool is_zero = (a & infinity(format, false)) == 0;
  return is_zero ? a & zero(format, true) : a;
}

/// An integer that orders numbers by value; both zeros are 0.
std::int64_t value_key(FloatFormat format, std::uint64_t a) {
  const std::uint64_t flushed = flush(format, a);
  const auto magnitude = static_cast<std::int64_t>(absolute(format, flushed));
  return (flushed & zero(format, true)) != 0 ? -magnitude : magnitude;
}

/// The same, with -0 below +0.
std::int64_t total_key(FloatFormat format, std::uint64_t a) {
  const std::int64_t key = value_key(format, a);
  return (a & zero(format, true)) != 0 ? key - 1 : key;
}

}  // namespace

bool less(FloatFormat format, std::uint64_t a, std::uint64_t b) {
  return !unordered(format, a, b) && value_key(format, a) < value_key(format, b);
}

bool less_equal(FloatFormat format, std::uint64_t a, std::uint64_t b) {
  return !unordered(format, a, b) && value_key(format, a) <= value_key(format, b);
}

bool equal(FloatFormat format, std::uint64_t a, std::uint64_t b) {
  return !unordered(format, a, b) && value_key(format, a) == value_key(format, b);
}

std::uint64_t min(FloatFormat format, std::uint64_t a, std::uint64_t b) {
  if (unordered(format, a, b)) return quiet_nan(format);
  return flush(format, total_key(format, b) < total_key(format, a) ? b : a);
}

std::uint64_t max(FloatFormat format, std::uint64_t a, std::uint64_t b) {
  if (unordered(format, a, b)) return quiet_nan(format);
  return flush(format, total_key(format, b) < total_key(format, a) ? a : b);
}

}  // namespace sluice::fp
