#include "frontend/ops/elementwise.hpp"

/// Where: condition ? x : y, all three broadcast.
namespace sluice {
namespace {

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  if (!context.has(0) || !context.has(1) || !context.has(2)) return context.error("it takes three operands");
  const ElementType element = context.operands[1].type.element;
  if (context.operands[0].type.element != ElementType::boolean || context.operands[2].type.element != element) {
    return context.error("it takes a boolean condition and two values of one type");
  }
  auto shape = infer_broadcast(context);
  if (!shape) return shape.errors();
  return std::vector{TensorType{element, *std::move(shape)}};
}

template <typename T>
T chosen(const OpContext&, std::span<const T> x) {
  return x[0] != 0 ? x[1] : x[2];
}

std::vector<Tensor> evaluate(const OpContext& context) {
  const TensorType type = infer(context).value().at(0);
  return {is_integer(type.element) ? evaluate_integers(context, type, chosen<std::int64_t>)
                                   : evaluate_reals(context, type, chosen<double>)};
}

Expected<Kernel> lower(const OpContext& context) {
  if (context.operands[1].type.element == ElementType::float64) return context.error("no hardware for float64");
  return lower_elementwise(context, [](const ScalarContext& scalar) {
    return scalar.nest.select(scalar.x, scalar.operands[0].value(), scalar.operands[1].value());
  });
}

}  // namespace

const OpDef& where_op() {
  static const OpDef def = [] {
    OpDef where;
    where.name = "Where";
    where.infer = infer;
    where.evaluate = evaluate;
    where.lower = lower;
    return where;
  }();
  return def;
}

}  // namespace sluice
