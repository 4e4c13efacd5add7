#include "core/arith/float_ops.hpp"

#include "core/arith/float32_host.hpp"
#include "core/arith/float_generic.hpp"
#include "core/arith/float_parts.hpp"

namespace sluice::fp {

std::uint64_t add(FloatFormat format, std::uint64_t a, std::uint64_t b) {
  return format == kFloat32 ? host::add(a, b) : generic::add(format, a, b);
}

std::uint64_t sub(FloatFormat format, std::uint64_t a, std::uint64_t b) {
  return format == kFloat32 ? host::sub(a, b) : generic::add(format, a, negate(format, b));
}

std::uint64_t mul(FloatFormat format, std::uint64_t a, std::uint64_t b) {
  return format == kFloat32 ? host::mul(a, b) : generic::mul(format, a, b);
}

std::uint64_t div(FloatFormat format, std::uint64_t a, std::uint64_t b) {
  return format == kFloat32 ? host::div(a, b) : generic::div(format, a, b);
}

std::uint64_t sqrt(FloatFormat format, std::uint64_t a) {
  return format == kFloat32 ? host::sqrt(a) : generic::sqrt(format, a);
}

std::uint64_t negate(FloatFormat format, std::uint64_t a) { return a ^ zero(format, true); }
std::uint64_t absolute(FloatFormat format, std::uint64_t a) { return a & ~zero(format, true); }

}  // namespace sluice::fp
