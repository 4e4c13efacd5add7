#include <cmath>

#include "frontend/ops/reduction.hpp"

/// GlobalLpPool: the p-norm over all spatial dimensions, for p = 2.
namespace sluice {
namespace {

Expected<ReducedAxes> spatial_axes(const OpContext& context) {
  const int rank = static_cast<int>(context.operands[0].type.shape.size());
  if (rank < 3) return context.error("it takes a tensor of rank 3 or more, N C D1 ...");
  if (context.integer("p", 2) != 2) return context.error("only p = 2 is supported");
  ReducedAxes reduced;
  for (int axis = 2; axis < rank; ++axis) reduced.axes.push_back(axis);
  return reduced;
}

}  // namespace

const OpDef& globallppool_op() {
  static const OpDef def = reduction_op(
      "GlobalLpPool", {"p"},
      {.host_term = [](double x) { return x * x; },
       .host_finish = [](double sum, std::int64_t) { return std::sqrt(sum); },
       .term = [](NestBuilder& nest, Value x) { return nest.multiply(x, x); },
       .finish = [](NestBuilder& nest, Value sum, std::int64_t) { return nest.unary(Opcode::square_root, sum); }},
      spatial_axes);
  return def;
}

}  // namespace sluice
