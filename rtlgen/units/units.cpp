#include "rtlgen/units/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <stdexcept>

namespace sluice {

namespace {

using Parameters = std::vector<ParameterValue>;

struct Unit {
  std::string_view name;
  std::size_t operands;
  std::vector<std::string_view> modes;
  Parameters (*parameters)(const UnitUse&);
};

[[noreturn]] void refuse(const UnitUse& use) {
  std::string types;
  for (const auto type : use.operands) types += to_string(type) + ", ";
  throw std::invalid_argument(
      fmt::format("unit {} does not take ({}result {})", use.unit, types, to_string(use.result)));
}

ParameterValue number(std::string_view name, int value) { return {std::string(name), std::to_string(value)}; }
ParameterValue flag(std::string_view name, bool value) { return number(name, value ? 1 : 0); }

Parameters float_parameters(ScalarType type, std::string_view suffix = "") {
  return {number(fmt::format("EXP{}", suffix), type.format().exponent_bits),
          number(fmt::format("MAN{}", suffix), type.format().mantissa_bits)};
}

Parameters operator+(Parameters a, const Parameters& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

bool all_of_type(const UnitUse& use, ScalarType type) {
  return std::all_of(use.operands.begin(), use.operands.end(), [&](ScalarType operand) { return operand == type; });
}

Parameters float_arithmetic(const UnitUse& use) {
  if (!use.result.is_float() || !all_of_type(use, use.result)) refuse(use);
  return float_parameters(use.result);
}

Parameters float_comparison(const UnitUse& use) {
  if (!use.operands[0].is_float() || !all_of_type(use, use.operands[0]) || use.result.width() != 1) refuse(use);
  return float_parameters(use.operands[0]);
}

Parameters from_integer(const UnitUse& use) {
  const ScalarType from = use.operands[0];
  if (!from.is_integer() || !use.result.is_float()) refuse(use);
  return float_parameters(use.result) + Parameters{number("WIDTH", from.width()), flag("SIGNED", from.is_signed())};
}

Parameters to_integer(const UnitUse& use) {
  if (!use.operands[0].is_float() || !use.result.is_integer()) refuse(use);
  return float_parameters(use.operands[0]) + Parameters{number("WIDTH", use.result.width()),
                                                        flag("SIGNED", use.result.is_signed()),
                                                        number("ROUNDING", static_cast<int>(use.rounding))};
}

Parameters float_conversion(const UnitUse& use) {
  if (!use.operands[0].is_float() || !use.result.is_float()) refuse(use);
  return float_parameters(use.operands[0], "_A") + float_parameters(use.result, "_Y");
}

Parameters integer_comparison(const UnitUse& use) {
  const ScalarType a = use.operands[0];
  const ScalarType b = use.operands[1];
  if (!a.is_integer() || !b.is_integer() || !use.result.is_integer()) refuse(use);
  return {number("WA", a.width()), flag("SA", a.is_signed()), number("WB", b.width()), flag("SB", b.is_signed())};
}

Parameters integer_arithmetic(const UnitUse& use) {
  return integer_comparison(use) + Parameters{number("WY", use.result.width())};
}

Parameters shift(const UnitUse& use) {
  const ScalarType a = use.operands[0];
  const ScalarType amount = use.operands[1];
  if (!a.is_integer() || !amount.is_integer() || use.result.width() != a.width()) refuse(use);
  return {number("WIDTH", a.width()), number("WB", amount.width())};
}

const std::vector<Unit>& units() {
  static const std::vector<Unit> kUnits = {
      {"fp_add", 2, {"add", "sub"}, float_arithmetic},
      {"fp_mul", 2, {}, float_arithmetic},
      {"fp_div", 2, {}, float_arithmetic},
      {"fp_sqrt", 1, {}, float_arithmetic},
      {"fp_cmp", 2, {"less", "less_equal", "equal"}, float_comparison},
      {"fp_minmax", 2, {"min", "max"}, float_arithmetic},
      {"fp_from_int", 1, {}, from_integer},
      {"fp_to_int", 1, {}, to_integer},
      {"fp_convert", 1, {}, float_conversion},
      {"int_add", 2, {"add", "sub"}, integer_arithmetic},
      {"int_mul", 2, {}, integer_arithmetic},
      {"int_cmp", 2, {"less", "less_equal", "equal"}, integer_comparison},
      {"int_minmax", 2, {"min", "max"}, integer_arithmetic},
      {"shift", 2, {"left", "right_logical", "right_arithmetic"}, shift},
  };
  return kUnits;
}

const Unit& find_unit(std::string_view name) {
  const auto found = std::find_if(units().begin(), units().end(), [&](const Unit& unit) { return unit.name == name; });
  if (found == units().end()) throw std::out_of_range(fmt::format("no unit {}", name));
  return *found;
}

}  // namespace

std::vector<std::string_view> unit_names() {
  std::vector<std::string_view> names;
  for (const auto& unit : units()) names.push_back(unit.name);
  return names;
}

std::span<const std::string_view> unit_modes(std::string_view unit) { return find_unit(unit).modes; }

int unit_mode(std::string_view unit, std::string_view mode) {
  const auto modes = unit_modes(unit);
  const auto found = std::find(modes.begin(), modes.end(), mode);
  if (found == modes.end()) throw std::out_of_range(fmt::format("unit {} has no mode {}", unit, mode));
  return static_cast<int>(found - modes.begin());
}

UnitInterface unit_interface(const UnitUse& use) {
  static constexpr std::array kOperandNames{"a_i", "b_i"};
  const Unit& unit = find_unit(use.unit);
  if (use.operands.size() != unit.operands) refuse(use);

  UnitInterface interface {
    fmt::format("sluice_{}", unit.name), unit.parameters(use), {}
  };
  interface.parameters.push_back({"CUTS", verilog_literal(64, use.cuts)});
  interface.ports.push_back({Direction::input, "clk", 1});
  for (std::size_t i = 0; i < use.operands.size(); ++i) {
    interface.ports.push_back({Direction::input, kOperandNames[i], use.operands[i].width()});
  }
  if (!unit.modes.empty()) {
    const auto width = static_cast<int>(std::bit_width(unit.modes.size() - 1));
    interface.ports.push_back({Direction::input, "mode_i", width});
  }
  interface.ports.push_back({Direction::output, "y_o", use.result.width()});
  return interface;
}

}  // namespace sluice
