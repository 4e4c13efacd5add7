#pragma once

#include "core/kernel/builder.hpp"

/// Elementary functions as straight-line integer operations and tables of 16 to 256 segments, for float32, float16 and
/// bfloat16. Subnormal arguments count as zero, results that would be subnormal are zero. Bounds are in units in the
/// last place of the result, checked by tests/frontend/ops/functions.
namespace sluice::functions {

Value exponential(NestBuilder& nest, Value x);     ///< e^x, 1 ulp
Value logarithm(NestBuilder& nest, Value x);       ///< natural, 1 ulp; NaN below zero, -inf at either zero
Value tangent_h(NestBuilder& nest, Value x);       ///< tanh x, 2 ulp
Value error_function(NestBuilder& nest, Value x);  ///< erf x, 2 ulp
Value sigmoid(NestBuilder& nest, Value x);         ///< 1 / (1 + e^-x), 1 ulp

/// x^y as the host's pow, 2 ulp: for x below zero y must be an integer, else NaN; x^0 and 1^y are 1.
Value general_power(NestBuilder& nest, Value x, Value y);

}  // namespace sluice::functions
