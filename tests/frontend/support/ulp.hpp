#pragma once

#include <cstdint>

#include "core/arith/float_ops.hpp"

namespace sluice::test {

/// The value of an argument as the hardware sees it: subnormals are zero.
double argument_value(FloatFormat format, std::uint64_t bits);

/// Distance of a result from the exact value in units in the last place at the exact value. What lies below the normal
/// numbers may be zero, what lies beyond them counts as the next power of two; a NaN must be the quiet one.
double ulps(FloatFormat format, std::uint64_t bits, double exact);

}  // namespace sluice::test
