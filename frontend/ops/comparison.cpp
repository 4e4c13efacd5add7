#include "frontend/ops/elementwise.hpp"

/// Equal, Less, LessOrEqual, Greater, GreaterOrEqual: booleans from two operands of one type.
namespace sluice {
namespace {

enum class Swap { no, yes };

/// `holds` is a function object of the standard library, so that it serves reals and integers.
template <typename Holds>
OpDef comparison_op(std::string_view name, Opcode code, Swap swap, Holds holds) {
  return elementwise_op(
      {.name = name,
       .least_operands = 2,
       .most_operands = 2,
       .real = [holds](const OpContext&, std::span<const double> x) { return holds(x[0], x[1]) ? 1.0 : 0.0; },
       .integer = [holds](const OpContext&,
                          std::span<const std::int64_t> x) { return std::int64_t{holds(x[0], x[1])}; },
       .scalar =
           [code, swap](const ScalarContext& context) {
             const Value other = context.operands[0].value();
             return swap == Swap::yes ? context.nest.compare(code, other, context.x)
                                      : context.nest.compare(code, context.x, other);
           },
       .scalar_takes_integers = true,
       .result = ElementType::boolean});
}

}  // namespace

const OpDef& equal_op() {
  static const OpDef def = comparison_op("Equal", Opcode::equal, Swap::no, std::equal_to<>());
  return def;
}

const OpDef& less_op() {
  static const OpDef def = comparison_op("Less", Opcode::less, Swap::no, std::less<>());
  return def;
}

const OpDef& lessorequal_op() {
  static const OpDef def = comparison_op("LessOrEqual", Opcode::less_equal, Swap::no, std::less_equal<>());
  return def;
}

const OpDef& greater_op() {
  static const OpDef def = comparison_op("Greater", Opcode::less, Swap::yes, std::greater<>());
  return def;
}

const OpDef& greaterorequal_op() {
  static const OpDef def = comparison_op("GreaterOrEqual", Opcode::less_equal, Swap::yes, std::greater_equal<>());
  return def;
}

}  // namespace sluice
