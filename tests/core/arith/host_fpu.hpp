#pragma once

#include <immintrin.h>

#include <bit>
#include <cstdint>

/// While it lives, the host's FPU flushes subnormals on input and output, as the hardware does.
class FlushMode {
 public:
  FlushMode() : saved_(_mm_getcsr()) { _mm_setcsr(saved_ | 0x8040); }
  ~FlushMode() { _mm_setcsr(saved_); }
  FlushMode(const FlushMode&) = delete;
  FlushMode& operator=(const FlushMode&) = delete;

 private:
  unsigned saved_;
};

inline __m128 host_value(std::uint64_t bits) {
  return _mm_castsi128_ps(_mm_cvtsi32_si128(static_cast<int>(static_cast<std::uint32_t>(bits))));
}

/// The result's bits with every NaN made the one NaN.
inline std::uint64_t host_bits(__m128 value) {
  const auto bits = static_cast<std::uint32_t>(_mm_cvtsi128_si32(_mm_castps_si128(value)));
  return (bits & 0x7fffffff) > 0x7f800000 ? 0x7fc00000 : bits;
}

inline std::uint64_t host_add(std::uint64_t a, std::uint64_t b) {
  return host_bits(_mm_add_ss(host_value(a), host_value(b)));
}
inline std::uint64_t host_sub(std::uint64_t a, std::uint64_t b) {
  return host_bits(_mm_sub_ss(host_value(a), host_value(b)));
}
inline std::uint64_t host_mul(std::uint64_t a, std::uint64_t b) {
  return host_bits(_mm_mul_ss(host_value(a), host_value(b)));
}
inline std::uint64_t host_div(std::uint64_t a, std::uint64_t b) {
  return host_bits(_mm_div_ss(host_value(a), host_value(b)));
}
inline std::uint64_t host_sqrt(std::uint64_t a) { return host_bits(_mm_sqrt_ss(host_value(a))); }

inline bool host_less(std::uint64_t a, std::uint64_t b) {
  return _mm_movemask_ps(_mm_cmplt_ss(host_value(a), host_value(b))) & 1;
}
inline bool host_less_equal(std::uint64_t a, std::uint64_t b) {
  return _mm_movemask_ps(_mm_cmple_ss(host_value(a), host_value(b))) & 1;
}
inline bool host_equal(std::uint64_t a, std::uint64_t b) {
  return _mm_movemask_ps(_mm_cmpeq_ss(host_value(a), host_value(b))) & 1;
}
