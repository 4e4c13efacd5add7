#include "rtlgen/units/multiplier/product_size.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace sluice {

namespace {

int parameter(const Instance& instance, std::string_view name) {
  const auto& all = instance.parameters;
  return std::stoi(std::find_if(all.begin(), all.end(), [&](const auto& value) { return value.name == name; })->text);
}

}  // namespace

std::optional<ProductSize> product_size(const Instance& unit) {
  if (unit.module == "sluice_fp_mul") {
    const int significand = parameter(unit, "MAN") + 1;
    return ProductSize{significand, false, significand, false, 2 * significand};
  }
  if (unit.module == "sluice_int_mul") {
    return ProductSize{parameter(unit, "WA"), parameter(unit, "SA") != 0, parameter(unit, "WB"),
                       parameter(unit, "SB") != 0, parameter(unit, "WY")};
  }
  return {};
}

}  // namespace sluice
