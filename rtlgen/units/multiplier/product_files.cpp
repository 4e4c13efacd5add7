#include "rtlgen/units/multiplier/product_files.hpp"

#include "rtlgen/units/multiplier/booth_product.hpp"
#include "rtlgen/units/units.hpp"

namespace sluice {

std::vector<UnitFile> unit_files(std::span<const std::string> modules, MultiplierForm form,
                                 const std::set<ProductSize>& sizes) {
  std::vector<UnitFile> files;
  for (const auto& file : unit_files(modules)) {
    const bool booth = form == MultiplierForm::booth && file.name == "sluice_product.v";
    files.push_back({std::string(file.name), booth ? booth_product(sizes) : std::string(file.text)});
  }
  return files;
}

}  // namespace sluice
