#pragma once

#include "frontend/ops/functions/float_fields.hpp"

namespace sluice::functions {

enum class Base { natural, two };

/// A logarithm in fixed point: a signed integer that counts 2^-fraction_bits.
struct FixedLogarithm {
  Value sum;
  int fraction_bits = 0;
};

/// log |x| of a normal x; its relative error is below a tenth of a unit in the last
/// place, to base 2 below a fiftieth.
FixedLogarithm fixed_logarithm(NestBuilder& nest, const FloatFields& x, Base base);

}  // namespace sluice::functions
