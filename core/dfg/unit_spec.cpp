#include "core/dfg/unit_spec.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace sluice {
namespace {

ScalarType operand_type(const Nest& nest, const Op& op, std::size_t i) { return nest.op(op.operands.at(i)).type; }

bool is_shift(Opcode code) { return code == Opcode::shift_left || code == Opcode::shift_right; }

/// The unit of an operation on floats; empty if it has none.
std::string float_unit(Opcode code) {
  switch (code) {
    case Opcode::add:
    case Opcode::subtract:
      return "fp_add";
    case Opcode::multiply:
      return "fp_mul";
    case Opcode::divide:
      return "fp_div";
    case Opcode::square_root:
      return "fp_sqrt";
    case Opcode::less:
    case Opcode::less_equal:
    case Opcode::equal:
      return "fp_cmp";
    case Opcode::minimum:
    case Opcode::maximum:
      return "fp_minmax";
    default:
      return "";
  }
}

/// The unit of an operation on integers; empty if it has none.
std::string integer_unit(Opcode code) {
  switch (code) {
    case Opcode::add:
    case Opcode::subtract:
      return "int_add";
    case Opcode::multiply:
      return "int_mul";
    case Opcode::less:
    case Opcode::less_equal:
    case Opcode::equal:
      return "int_cmp";
    case Opcode::minimum:
    case Opcode::maximum:
      return "int_minmax";
    default:
      return "";
  }
}

std::string conversion_unit(ScalarType from, ScalarType to) {
  if (from.is_float()) return to.is_float() ? "fp_convert" : "fp_to_int";
  return to.is_float() ? "fp_from_int" : "";
}

/// The name of the operation's unit; empty if it is not realized as one.
std::string unit_name(const Nest& nest, const Op& op) {
  if (op.operands.empty() || op.code == Opcode::load || op.code == Opcode::lookup || op.code == Opcode::store)
    return "";
  if (op.code == Opcode::convert) return conversion_unit(operand_type(nest, op, 0), op.type);
  if (is_shift(op.code)) return nest.op(op.operands.at(1)).code == Opcode::constant ? "" : "shift";
  return operand_type(nest, op, 0).is_float() ? float_unit(op.code) : integer_unit(op.code);
}

}  // namespace

std::string to_string(const UnitSpec& spec) {
  std::string text = spec.unit;
  bool one_type = true;
  for (const auto type : spec.operands) one_type = one_type && type == spec.result;
  if (one_type) return text + " " + to_string(spec.result);
  for (const auto type : spec.operands) text += " " + to_string(type);
  text += " -> " + to_string(spec.result);
  if (spec.unit != "fp_to_int") return text;
  switch (spec.rounding) {
    case fp::Rounding::nearest_even:
      return text;
    case fp::Rounding::toward_zero:
      return text + " toward zero";
    case fp::Rounding::down:
      return text + " down";
    case fp::Rounding::up:
      return text + " up";
  }
  return text;
}

Realization realization(const Nest& nest, const Op& op) {
  switch (op.code) {
    case Opcode::constant:
    case Opcode::bitcast:
    case Opcode::delay:
      return Realization::nothing;
    case Opcode::affine:
    case Opcode::guard:
      return Realization::issuer;
    case Opcode::load:
    case Opcode::lookup:
    case Opcode::store:
      return Realization::port;
    default:
      return unit_name(nest, op).empty() ? Realization::inlined : Realization::unit;
  }
}

UnitSpec unit_spec(const Nest& nest, const Op& op) {
  UnitSpec spec{unit_name(nest, op), {}, op.type};
  if (spec.unit.empty()) throw std::logic_error(fmt::format("{} has no unit", to_string(op.code)));
  for (std::size_t i = 0; i < op.operands.size(); ++i) spec.operands.push_back(operand_type(nest, op, i));
  if (spec.unit == "fp_to_int") spec.rounding = op.rounding;
  return spec;
}

int unit_mode(const Nest& nest, const Op& op) {
  switch (op.code) {
    case Opcode::subtract:
    case Opcode::less_equal:
    case Opcode::maximum:
      return 1;
    case Opcode::equal:
      return 2;
    case Opcode::shift_right:
      return operand_type(nest, op, 0).is_signed() ? 2 : 1;
    default:
      return 0;
  }
}

}  // namespace sluice
