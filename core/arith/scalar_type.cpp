#include "core/arith/scalar_type.hpp"

#include <fmt/format.h>

namespace sluice {

std::string to_string(ScalarType type) {
  if (type.is_integer()) return fmt::format("{}{}", type.is_signed() ? 'i' : 'u', type.width());
  if (type.format() == kBfloat16) return "bf16";
  if (type.format() == kFloat16 || type.format() == kFloat32) return fmt::format("f{}", type.width());
  return fmt::format("f<{},{}>", type.format().exponent_bits, type.format().mantissa_bits);
}

}  // namespace sluice
