#include <algorithm>
#include <cmath>

#include "frontend/ops/elementwise.hpp"

/// Clip: min(max(x, low), high). The bounds are attributes before opset 11, optional operands since; NaN stays NaN.
namespace sluice {
namespace {

/// Bound 0 (low) or 1 (high) as the host sees it; absent bounds leave x as it is.
template <typename T>
T clipped(const OpContext& context, std::span<const T> x) {
  T y = x[0];
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(y)) return y;
    if (context.node.attributes.contains("min")) y = std::max<T>(y, context.real("min", 0));
    if (context.node.attributes.contains("max")) y = std::min<T>(y, context.real("max", 0));
  }
  if (context.has(1)) y = std::max(y, x[1]);
  if (context.has(2)) y = std::min(y, x[2]);
  return y;
}

Value bounded(NestBuilder& nest, Opcode code, Value x, const Operator& node, std::string_view attribute,
              std::optional<Value> operand) {
  if (operand) return nest.binary(code, x, *operand);
  if (!node.attributes.contains(attribute)) return x;
  const OpContext attributes{.node = node, .operands = {}};
  return nest.binary(code, x, nest.constant(nest.type(x).format(), attributes.real(attribute, 0)));
}

Value scalar(const ScalarContext& context) {
  const auto operand = [&](std::size_t i) {
    return i < context.operands.size() ? context.operands[i] : std::optional<Value>();
  };
  const Value raised = bounded(context.nest, Opcode::maximum, context.x, context.node, "min", operand(0));
  return bounded(context.nest, Opcode::minimum, raised, context.node, "max", operand(1));
}

}  // namespace

const OpDef& clip_op() {
  static const OpDef def = elementwise_op({.name = "Clip",
                                           .attributes = {"min", "max"},
                                           .most_operands = 3,
                                           .real = clipped<double>,
                                           .integer = clipped<std::int64_t>,
                                           .scalar = scalar,
                                           .scalar_takes_integers = true});
  return def;
}

}  // namespace sluice
