#pragma once

#include <cstdint>

#include "core/arith/scalar_type.hpp"

/// The arithmetic of float_ops.hpp on integers alone, for every format. float_ops.cpp takes the host's arithmetic
/// instead where it can; the tests hold the two against each other.
namespace sluice::fp::generic {

std::uint64_t add(FloatFormat format, std::uint64_t a, std::uint64_t b);
std::uint64_t mul(FloatFormat format, std::uint64_t a, std::uint64_t b);
std::uint64_t div(FloatFormat format, std::uint64_t a, std::uint64_t b);
std::uint64_t sqrt(FloatFormat format, std::uint64_t a);

}  // namespace sluice::fp::generic
