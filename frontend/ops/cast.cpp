#include <fmt/format.h>

#include <cmath>

#include "frontend/onnx/data_type.hpp"
#include "frontend/ops/elementwise.hpp"
#include "frontend/ops/host_numbers.hpp"

/// Cast between floats and integers: floats truncate toward zero (beyond the integer's range, where ONNX leaves the
/// value open, they saturate; NaN gives 0), integers wrap, anything but zero is true.
namespace sluice {
namespace {

std::optional<ElementType> target(const Operator& node) {
  return element_type_of(static_cast<int>(OpContext{.node = node, .operands = {}}.integer("to", 0)));
}

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  if (!context.has(0)) return context.error("it takes one operand");
  const auto to = target(context.node);
  if (!to) return context.error(unsupported_type(static_cast<int>(context.integer("to", 0))));
  return std::vector{TensorType{*to, context.operands[0].type.shape}};
}

std::int64_t truncated(double value, ScalarType type) {
  if (std::isnan(value)) return 0;
  const int magnitude_bits = type.is_signed() ? type.width() - 1 : type.width();
  const double limit = std::ldexp(1.0, magnitude_bits);
  if (value >= limit) return static_cast<std::int64_t>(low_bits(magnitude_bits));
  if (value <= (type.is_signed() ? -limit : 0))
    return type.is_signed() ? -static_cast<std::int64_t>(low_bits(magnitude_bits)) - 1 : 0;
  return value < 0x1p63 ? static_cast<std::int64_t>(value)
                        : static_cast<std::int64_t>(static_cast<std::uint64_t>(value));
}

std::vector<Tensor> evaluate(const OpContext& context) {
  const TensorType type = infer(context).value().at(0);
  const Tensor& x = *context.operands[0].constant;
  const bool from_integer = is_integer(x.element());
  if (!is_integer(type.element)) return {tensor_of(type, numbers<double>(x))};
  std::vector<std::int64_t> results;
  if (from_integer) {
    results = x.to_int64s();
  } else {
    for (const double value : numbers<double>(x)) {
      results.push_back(type.element == ElementType::boolean ? std::int64_t{value != 0}
                                                             : truncated(value, scalar_type(type.element)));
    }
  }
  if (type.element == ElementType::boolean) {
    for (auto& value : results) value = value != 0;
  }
  return {tensor_of(type, results)};
}

Value scalar(const ScalarContext& context) {
  NestBuilder& nest = context.nest;
  const ElementType to = target(context.node).value();
  if (to == ElementType::boolean) {
    const Value zero = nest.constant(nest.type(context.x), 0);
    return nest.unary(Opcode::bit_not, nest.compare(Opcode::equal, context.x, zero));
  }
  return nest.convert(context.x, scalar_type(to), fp::Rounding::toward_zero);
}

Expected<Kernel> lower(const OpContext& context) {
  if (auto refused = refuse_elements(context, true)) return *std::move(refused);
  if (target(context.node) == ElementType::float64) return context.error("no hardware for elements of type float64");
  return lower_elementwise(context, scalar);
}

}  // namespace

const OpDef& cast_op() {
  static const OpDef def = [] {
    OpDef cast;
    cast.name = "Cast";
    cast.first_opset = 6;  // before, the type was a string
    cast.attributes = {"to", "saturate"};
    cast.infer = infer;
    cast.evaluate = evaluate;
    cast.lower = lower;
    cast.scalar = scalar;
    return cast;
  }();
  return def;
}

}  // namespace sluice
