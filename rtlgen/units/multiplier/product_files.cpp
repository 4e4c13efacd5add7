#include "rtlgen/units/multiplier/product_files.hpp"

#include <stdexcept>

#include "rtlgen/units/multiplier/booth_product.hpp"
#include "rtlgen/units/units.hpp"

namespace sluice {

namespace {

/// The text with another default of a parameter.
void set_default(std::string& text, const std::string& parameter, int value) {
  const auto found = text.find("= ", text.find("parameter       " + parameter));
  if (found == std::string::npos) throw std::logic_error("sluice_product.v has no parameter " + parameter);
  const auto begin = found + 2;
  text.replace(begin, text.find(',', begin) - begin, std::to_string(value));
}

std::string product_of(const Multiplier& multiplier, const std::set<ProductSize>& sizes) {
  if (multiplier.form == MultiplierForm::booth) return booth_product(sizes);
  std::string text(unit_verilog("sluice_product"));
  set_default(text, "WIDE", multiplier.wide_bits);
  set_default(text, "NARROW", multiplier.narrow_bits);
  return text;
}

}  // namespace

std::vector<UnitFile> unit_files(std::span<const std::string> modules, const Multiplier& multiplier,
                                 const std::set<ProductSize>& sizes) {
  std::vector<UnitFile> files;
  for (const auto& file : unit_files(modules)) {
    const bool is_product = file.name == "sluice_product.v";
    files.push_back({std::string(file.name), is_product ? product_of(multiplier, sizes) : std::string(file.text)});
  }
  return files;
}

}  // namespace sluice
