#pragma once

#include <cstdint>

#include "core/tensor/tensor.hpp"

namespace sluice {

/// How far results may be from what they should be: |a - b| <= absolute + relative * |b|, b being the wanted one.
struct Tolerance {
  double relative = 1e-4;
  double absolute = 1e-5;
};

/// The tolerance for results of a type: of 16-bit floats at least what the rounding of a few dozen operations makes of
/// them.
Tolerance tolerance_for(ElementType element, const Tolerance& wanted);

/// How far they are.
struct Deviation {
  double max_absolute = 0;
  double max_relative = 0;   ///< over the elements whose wanted value is not 0
  std::int64_t outside = 0;  ///< elements beyond the tolerance

  void include(const Deviation& other);
};

/// Compares element by element, by `tolerance_for` the type. NaN is as far from NaN as two equal infinities are from each other, 0; anything else
/// that is not finite is infinitely far.
Deviation deviation(const Tensor& actual, const Tensor& wanted, const Tolerance& tolerance);

}  // namespace sluice
