#pragma once

#include <cstdint>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Types and bits of up to three operands.
struct OperandBits {
  ScalarType type[3];
  std::uint64_t bits[3] = {0, 0, 0};
};

/// The bits of an operation from `select` on (see Opcode) for given operands, bit for bit as its unit computes it.
std::uint64_t evaluate(Opcode code, ScalarType type, fp::Rounding rounding, const OperandBits& operands);

}  // namespace sluice
