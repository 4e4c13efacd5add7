#include "frontend/ops/functions/functions.hpp"
#include "frontend/ops/functions/power.hpp"

namespace sluice::functions {

Value exponential(NestBuilder& nest, Value x) {
  const FloatFields fields = split(nest, x);
  const ScalarType type = ScalarType::floating(fields.format);
  const Value infinity = nest.constant(type, fp::infinity(fields.format, false));
  const Value limit = nest.select(fields.sign, nest.constant(type, 0), infinity);
  const Value value = rounded(nest, natural_power(nest, fields), fields.format, limit);
  return nest.select(fields.nan, nest.constant(type, fp::quiet_nan(fields.format)), value);
}

}  // namespace sluice::functions
