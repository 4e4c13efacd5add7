#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/kernel/builder.hpp"

namespace sluice::functions {

/// A function in polynomial pieces, in fixed point: 2^segment_bits segments, in each a polynomial in u from -1 to 1.
struct Piecewise {
  std::string name;  ///< of its tables
  int segment_bits = 0;
  int fraction_bits = 0;                                ///< of the coefficients and the result
  std::vector<std::vector<std::int64_t>> coefficients;  ///< [power][segment]
};

/// Interpolates function(segment, u) at Chebyshev's points, which is within a factor of about 1.5 of the best
/// polynomial.
Piecewise fit(std::string name, int segment_bits, int degree, int fraction_bits,
              const std::function<double(int, double)>& function);

/// Appends the evaluation (Horner's scheme): `segment` is unsigned with segment_bits, `u` signed with all its bits
/// behind the sign being fraction. The result is signed. Each multiplier is only as wide as its coefficients' size asks
/// for: those of high powers are small. Truncation costs at most 2 x degree units of the last place.
Value evaluate(NestBuilder& nest, const Piecewise& pieces, Value segment, Value u);

/// The upper bits of a fixed-point number choose the segment, the others are u.
struct Position {
  Value segment;
  Value u;
};
Position position(NestBuilder& nest, Value fixed, int segment_bits);

/// The number that a position stands for, in units of the segments.
inline double abscissa(int segment, double u) { return segment + 0.5 + u / 2; }

}  // namespace sluice::functions
