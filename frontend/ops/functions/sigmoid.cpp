#include "frontend/ops/functions/functions.hpp"

namespace sluice::functions {

/// From e^-|x|, which can't overflow: 1 / (1 + e^-x), and e^x / (1 + e^x) for negative x, where the result is small.
Value sigmoid(NestBuilder& nest, Value x) {
  const FloatFormat format = nest.type(x).format();
  const Value one = nest.constant(format, 1.0);
  const Value size = nest.unary(Opcode::absolute, x);
  const Value power = exponential(nest, nest.unary(Opcode::negate, size));
  const Value negative = nest.compare(Opcode::less, x, nest.constant(format, 0.0));
  return nest.divide(nest.select(negative, power, one), nest.add(one, power));
}

}  // namespace sluice::functions
