#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/target/target.hpp"
#include "rtlgen/units/multiplier/product_size.hpp"

namespace sluice {

/// A Verilog file to be written.
struct UnitFile {
  std::string name;
  std::string text;
};

/// `unit_files(modules)` for a target: the module sluice_product is as the target's multipliers are, made for the
/// products of `sizes`.
std::vector<UnitFile> unit_files(std::span<const std::string> modules, const Multiplier& multiplier,
                                 const std::set<ProductSize>& sizes);

}  // namespace sluice
