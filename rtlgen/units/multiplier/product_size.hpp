#pragma once

#include <compare>
#include <optional>

#include "rtlgen/netlist/netlist.hpp"

namespace sluice {

/// A multiplier's operands and result: the parameters of the module sluice_product, in bits.
struct ProductSize {
  int a_bits = 1;
  bool a_signed = false;
  int b_bits = 1;
  bool b_signed = false;
  int result_bits = 1;

  auto operator<=>(const ProductSize&) const = default;
};

/// The multiplier inside an instance of a unit; none if the unit does not multiply.
std::optional<ProductSize> product_size(const Instance& unit);

}  // namespace sluice
