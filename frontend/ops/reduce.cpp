#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "frontend/ops/reduction.hpp"

/// ReduceSum, ReduceMean, ReduceMax, ReduceMin, ReduceProd, ReduceL1, ReduceL2, ReduceSumSquare. The axes are an
/// attribute in old operator sets (before 13 for ReduceSum, before 18 for the others), an operand in newer ones; both
/// are taken.
namespace sluice {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Expected<ReducedAxes> axes_of(const OpContext& context) {
  const int rank = static_cast<int>(context.operands[0].type.shape.size());
  std::vector<std::int64_t> given = context.integers("axes");
  if (context.has(1)) {
    if (!context.operands[1].constant) return context.error("the axes are not constant");
    given = context.operands[1].constant->to_int64s();
  }
  std::set<int> axes;
  for (const auto axis : given) {
    const auto normalized = normalized_axis(axis, rank);
    if (!normalized) return context.error(fmt::format("axis {} of a tensor of rank {}", axis, rank));
    axes.insert(*normalized);
  }
  if (given.empty() && context.integer("noop_with_empty_axes", 0) == 0) {
    for (int axis = 0; axis < rank; ++axis) axes.insert(axis);
  }
  return ReducedAxes{{axes.begin(), axes.end()}, context.integer("keepdims", 1) != 0};
}

OpDef reduce_op(std::string_view name, const Reduction& reduction) {
  return reduction_op(name, {"axes", "keepdims", "noop_with_empty_axes"}, reduction, axes_of);
}

/// The sum times 1 / count: off from the quotient by at most one rounding, and without a divider.
Value mean(NestBuilder& nest, Value sum, std::int64_t count) {
  return nest.multiply(sum, nest.constant(nest.type(sum).format(), 1.0 / static_cast<double>(count)));
}

Value square(NestBuilder& nest, Value x) { return nest.multiply(x, x); }

}  // namespace

const OpDef& reducesum_op() {
  static const OpDef def = reduce_op("ReduceSum", {.fold = Opcode::add, .integers = true});
  return def;
}

const OpDef& reducemean_op() {
  static const OpDef def = reduce_op(
      "ReduceMean",
      {.host_finish = [](double sum, std::int64_t count) { return sum / static_cast<double>(count); }, .finish = mean});
  return def;
}

const OpDef& reducemax_op() {
  static const OpDef def = reduce_op("ReduceMax", {.fold = Opcode::maximum, .initial = -kInfinity, .integers = true});
  return def;
}

const OpDef& reducemin_op() {
  static const OpDef def = reduce_op("ReduceMin", {.fold = Opcode::minimum, .initial = kInfinity, .integers = true});
  return def;
}

const OpDef& reduceprod_op() {
  static const OpDef def = reduce_op("ReduceProd", {.fold = Opcode::multiply, .initial = 1, .integers = true});
  return def;
}

const OpDef& reducel1_op() {
  static const OpDef def =
      reduce_op("ReduceL1", {.host_term = [](double x) { return std::abs(x); },
                             .term = [](NestBuilder& nest, Value x) { return nest.unary(Opcode::absolute, x); }});
  return def;
}

const OpDef& reducel2_op() {
  static const OpDef def = reduce_op(
      "ReduceL2",
      {.host_term = [](double x) { return x * x; },
       .host_finish = [](double sum, std::int64_t) { return std::sqrt(sum); },
       .term = square,
       .finish = [](NestBuilder& nest, Value sum, std::int64_t) { return nest.unary(Opcode::square_root, sum); }});
  return def;
}

const OpDef& reducesumsquare_op() {
  static const OpDef def = reduce_op("ReduceSumSquare", {.host_term = [](double x) { return x * x; }, .term = square});
  return def;
}

}  // namespace sluice
