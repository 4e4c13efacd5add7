#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "frontend/ops/elementwise.hpp"
#include "frontend/ops/functions/functions.hpp"

/// Pow: products, a root or a quotient where the exponent is a known simple number, else the general power.
namespace sluice {
namespace {

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  if (!context.has(0) || !context.has(1)) return context.error("it takes two operands");
  auto shape = infer_broadcast(context);
  if (!shape) return shape.errors();
  return std::vector{TensorType{context.operands[0].type.element, *std::move(shape)}};
}

std::vector<Tensor> evaluate(const OpContext& context) {
  return {evaluate_reals(context, infer(context).value().at(0),
                         [](const OpContext&, std::span<const double> x) { return std::pow(x[0], x[1]); })};
}

/// The exponent, if it is a constant of the body.
std::optional<double> known_exponent(const NestBuilder& nest, Value y) {
  const Op& op = nest.kernel().nests.back().op(y);
  if (op.code != Opcode::constant) return std::nullopt;
  return op.type.is_float() ? fp::to_double(op.type.format(), op.literal)
                            : static_cast<double>(to_int64(op.type, op.literal));
}

std::optional<Value> simple_power(NestBuilder& nest, Value x, double exponent) {
  const auto square = [&](Value a) { return nest.multiply(a, a); };
  const Value one = nest.constant(nest.type(x).format(), 1.0);
  if (exponent == 0) return one;
  if (exponent == 1) return x;
  if (exponent == 2) return square(x);
  if (exponent == 3) return nest.multiply(square(x), x);
  if (exponent == 4) return square(square(x));
  if (exponent == -1) return nest.divide(one, x);
  if (exponent == -2) return nest.divide(one, square(x));
  if (exponent == 0.5) return nest.unary(Opcode::square_root, x);
  if (exponent == -0.5) return nest.divide(one, nest.unary(Opcode::square_root, x));
  return std::nullopt;
}

Value scalar(const ScalarContext& context) {
  const Value y = context.operands[0].value();
  if (const auto exponent = known_exponent(context.nest, y)) {
    if (const auto simple = simple_power(context.nest, context.x, *exponent)) return *simple;
  }
  const ScalarType type = context.nest.type(context.x);
  const Value same_type = context.nest.type(y) == type ? y : context.nest.convert(y, type);
  return functions::general_power(context.nest, context.x, same_type);
}

Expected<Kernel> lower(const OpContext& context) {
  if (auto refused = refuse_elements(context, false)) return *std::move(refused);
  const ElementType exponent = context.operands[1].type.element;
  if (exponent == ElementType::float64) return context.error("no hardware for an exponent of type float64");
  return lower_elementwise(context, scalar);
}

}  // namespace

const OpDef& pow_op() {
  static const OpDef def = [] {
    OpDef pow;
    pow.name = "Pow";
    pow.infer = infer;
    pow.evaluate = evaluate;
    pow.lower = lower;
    pow.scalar = scalar;
    return pow;
  }();
  return def;
}

}  // namespace sluice
