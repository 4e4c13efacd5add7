#include <cmath>
#include <cstdlib>
#include <limits>

#include "frontend/ops/elementwise.hpp"

/// Add, Sub, Mul, Div, Min, Max, Neg, Abs, Sqrt, Reciprocal: one operation of the kernel each.
namespace sluice {
namespace {

constexpr std::size_t kVariadic = std::numeric_limits<std::size_t>::max();

Value operand(const ScalarContext& context) { return context.operands[0].value(); }

/// y = x op operand op operand ...
std::function<Value(const ScalarContext&)> folded(Opcode code) {
  return [code](const ScalarContext& context) {
    Value result = context.x;
    for (const auto& value : context.operands) result = context.nest.binary(code, result, value.value());
    return result;
  };
}

std::function<Value(const ScalarContext&)> unary(Opcode code) {
  return [code](const ScalarContext& context) { return context.nest.unary(code, context.x); };
}

/// ONNX's Min and Max on the host: NaN if any operand is.
template <typename T, typename Less>
T extreme(std::span<const T> x, Less less) {
  T result = x[0];
  for (const T value : x) {
    if (value != value || less(value, result)) result = value;
  }
  return result;
}

OpDef binary_op(std::string_view name, Opcode code, HostFunction<double> real, HostFunction<std::int64_t> integer) {
  return elementwise_op({.name = name,
                         .least_operands = 2,
                         .most_operands = 2,
                         .real = std::move(real),
                         .integer = std::move(integer),
                         .scalar = folded(code),
                         .scalar_takes_integers = true});
}

/// Wrapping arithmetic, where the host's would be undefined.
std::int64_t wrapped(std::uint64_t bits) { return static_cast<std::int64_t>(bits); }
std::uint64_t bits(std::int64_t value) { return static_cast<std::uint64_t>(value); }

std::int64_t quotient(std::int64_t a, std::int64_t b) {
  if (b == 0) return 0;
  return b == -1 ? wrapped(0 - bits(a)) : a / b;
}

}  // namespace

const OpDef& add_op() {
  static const OpDef def = binary_op(
      "Add", Opcode::add, [](const OpContext&, std::span<const double> x) { return x[0] + x[1]; },
      [](const OpContext&, std::span<const std::int64_t> x) { return wrapped(bits(x[0]) + bits(x[1])); });
  return def;
}

const OpDef& sub_op() {
  static const OpDef def = binary_op(
      "Sub", Opcode::subtract, [](const OpContext&, std::span<const double> x) { return x[0] - x[1]; },
      [](const OpContext&, std::span<const std::int64_t> x) { return wrapped(bits(x[0]) - bits(x[1])); });
  return def;
}

const OpDef& mul_op() {
  static const OpDef def = binary_op(
      "Mul", Opcode::multiply, [](const OpContext&, std::span<const double> x) { return x[0] * x[1]; },
      [](const OpContext&, std::span<const std::int64_t> x) { return wrapped(bits(x[0]) * bits(x[1])); });
  return def;
}

const OpDef& div_op() {
  static const OpDef def = elementwise_op(
      {.name = "Div",
       .least_operands = 2,
       .most_operands = 2,
       .real = [](const OpContext&, std::span<const double> x) { return x[0] / x[1]; },
       .integer = [](const OpContext&, std::span<const std::int64_t> x) { return quotient(x[0], x[1]); },
       .scalar = [](const ScalarContext& context) { return context.nest.divide(context.x, operand(context)); }});
  return def;
}

const OpDef& min_op() {
  static const OpDef def = elementwise_op(
      {.name = "Min",
       .most_operands = kVariadic,
       .real = [](const OpContext&, std::span<const double> x) { return extreme(x, std::less<>()); },
       .integer = [](const OpContext&, std::span<const std::int64_t> x) { return extreme(x, std::less<>()); },
       .scalar = folded(Opcode::minimum),
       .scalar_takes_integers = true});
  return def;
}

const OpDef& max_op() {
  static const OpDef def = elementwise_op(
      {.name = "Max",
       .most_operands = kVariadic,
       .real = [](const OpContext&, std::span<const double> x) { return extreme(x, std::greater<>()); },
       .integer = [](const OpContext&, std::span<const std::int64_t> x) { return extreme(x, std::greater<>()); },
       .scalar = folded(Opcode::maximum),
       .scalar_takes_integers = true});
  return def;
}

const OpDef& neg_op() {
  static const OpDef def = elementwise_op(
      {.name = "Neg",
       .real = [](const OpContext&, std::span<const double> x) { return -x[0]; },
       .integer = [](const OpContext&, std::span<const std::int64_t> x) { return wrapped(0 - bits(x[0])); },
       .scalar = unary(Opcode::negate),
       .scalar_takes_integers = true});
  return def;
}

const OpDef& abs_op() {
  static const OpDef def = elementwise_op(
      {.name = "Abs",
       .real = [](const OpContext&, std::span<const double> x) { return std::abs(x[0]); },
       .integer = [](const OpContext&,
                     std::span<const std::int64_t> x) { return x[0] < 0 ? wrapped(0 - bits(x[0])) : x[0]; },
       .scalar = unary(Opcode::absolute),
       .scalar_takes_integers = true});
  return def;
}

const OpDef& sqrt_op() {
  static const OpDef def =
      elementwise_op({.name = "Sqrt",
                      .real = [](const OpContext&, std::span<const double> x) { return std::sqrt(x[0]); },
                      .scalar = unary(Opcode::square_root)});
  return def;
}

const OpDef& reciprocal_op() {
  static const OpDef def =
      elementwise_op({.name = "Reciprocal",
                      .real = [](const OpContext&, std::span<const double> x) { return 1 / x[0]; },
                      .scalar =
                          [](const ScalarContext& context) {
                            const FloatFormat format = context.nest.type(context.x).format();
                            return context.nest.divide(context.nest.constant(format, 1.0), context.x);
                          }});
  return def;
}

}  // namespace sluice
