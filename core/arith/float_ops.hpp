#pragma once

#include <cstdint>

#include "core/arith/scalar_type.hpp"

/// Bit-exact model of the hardware's floating-point units: IEEE 754 round to nearest even; subnormals flushed to a zero
/// of the same sign on input and on output (output: after rounding, as x86 does with FTZ); infinities; signed zeros;
/// one quiet NaN (sign 0, only the top mantissa bit set) as every NaN result. Arguments and results are raw bits.
namespace sluice::fp {

std::uint64_t quiet_nan(FloatFormat format);
std::uint64_t infinity(FloatFormat format, bool negative);

std::uint64_t add(FloatFormat format, std::uint64_t a, std::uint64_t b);
std::uint64_t sub(FloatFormat format, std::uint64_t a, std::uint64_t b);
std::uint64_t mul(FloatFormat format, std::uint64_t a, std::uint64_t b);
std::uint64_t div(FloatFormat format, std::uint64_t a, std::uint64_t b);
std::uint64_t sqrt(FloatFormat format, std::uint64_t a);

/// Sign flipped or cleared, nothing else: no flush, a NaN keeps its payload (they are wires, not units).
std::uint64_t negate(FloatFormat format, std::uint64_t a);
std::uint64_t absolute(FloatFormat format, std::uint64_t a);

/// ONNX's Min and Max: NaN if either is NaN; -0 is less than +0.
std::uint64_t min(FloatFormat format, std::uint64_t a, std::uint64_t b);
std::uint64_t max(FloatFormat format, std::uint64_t a, std::uint64_t b);

/// Ordered comparisons: false when either is NaN; -0 equals +0; subnormals count as zero.
bool less(FloatFormat format, std::uint64_t a, std::uint64_t b);
bool less_equal(FloatFormat format, std::uint64_t a, std::uint64_t b);
bool equal(FloatFormat format, std::uint64_t a, std::uint64_t b);

/// How a conversion to an integer rounds.
enum class Rounding : std::uint8_t { nearest_even, toward_zero, down, up };

/// Integer of `type` to float, round to nearest even.
std::uint64_t from_integer(FloatFormat format, ScalarType type, std::uint64_t a);

/// Float to integer, saturating at the type's ends; NaN gives 0.
std::uint64_t to_integer(FloatFormat format, std::uint64_t a, ScalarType type, Rounding rounding);

/// One format to another, round to nearest even.
std::uint64_t convert(FloatFormat from, std::uint64_t a, FloatFormat to);

/// The host's binary64 value, exactly, of any format up to float32 (for printing and tolerance checks).
double to_double(FloatFormat format, std::uint64_t a);

/// A host value rounded to nearest even, with the subnormal flush of the units.
std::uint64_t from_double(FloatFormat format, double value);

}  // namespace sluice::fp
