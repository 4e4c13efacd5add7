#include "core/kernel/banking.hpp"

namespace sluice {
namespace {

/// Blocks in a dimension, the last of them perhaps not full.
std::int64_t blocks_of(std::int64_t extent, const DimensionBanks& dimension) {
  return (extent + dimension.block - 1) / dimension.block;
}

std::int64_t bank_extent(std::int64_t extent, const DimensionBanks& dimension) {
  if (dimension.banks == 1) return extent;
  return (blocks_of(extent, dimension) + dimension.banks - 1) / dimension.banks * dimension.block;
}

}  // namespace

Banking one_bank(const Shape& shape) { return {shape, std::vector<DimensionBanks>(shape.size())}; }

std::int64_t bank_count(const Banking& banking) {
  std::int64_t count = 1;
  for (const auto& dimension : banking.dimensions) count *= dimension.banks;
  return count;
}

std::vector<std::int64_t> bank_coordinates(const Banking& banking, std::int64_t bank) {
  std::vector<std::int64_t> coordinates(banking.dimensions.size());
  for (std::size_t d = coordinates.size(); d-- > 0; bank /= banking.dimensions[d].banks)
    coordinates[d] = bank % banking.dimensions[d].banks;
  return coordinates;
}

Shape bank_shape(const Banking& banking) {
  Shape shape;
  for (std::size_t d = 0; d < banking.shape.size(); ++d)
    shape.push_back(bank_extent(banking.shape[d], banking.dimensions[d]));
  return shape;
}

BankPlace place_of(const Banking& banking, std::int64_t element) {
  BankPlace place;
  std::int64_t bank_stride = 1;
  std::int64_t stride = 1;
  for (std::size_t d = banking.shape.size(); d-- > 0;) {
    const auto& [banks, block] = banking.dimensions[d];
    const std::int64_t index = element % banking.shape[d];
    element /= banking.shape[d];
    place.bank += index / block % banks * bank_stride;
    place.address += (index / (block * banks) * block + index % block) * stride;
    bank_stride *= banks;
    stride *= bank_extent(banking.shape[d], banking.dimensions[d]);
  }
  return place;
}

std::vector<std::int64_t> elements_of(const Banking& banking, std::int64_t bank) {
  const auto coordinates = bank_coordinates(banking, bank);
  const Shape extents = bank_shape(banking);
  std::vector<std::int64_t> elements(static_cast<std::size_t>(element_count(extents)), -1);
  for (std::size_t address = 0; address < elements.size(); ++address) {
    auto rest = static_cast<std::int64_t>(address);
    std::int64_t element = 0;
    std::int64_t stride = 1;
    bool is_there = true;
    for (std::size_t d = extents.size(); d-- > 0; rest /= extents[d]) {
      const auto& [banks, block] = banking.dimensions[d];
      const std::int64_t place = rest % extents[d];
      const std::int64_t index = (place / block * banks + coordinates[d]) * block + place % block;
      is_there = is_there && index < banking.shape[d];
      element += index * stride;
      stride *= banking.shape[d];
    }
    if (is_there) elements[address] = element;
  }
  return elements;
}

bool same_places(const Banking& a, const Banking& b) {
  if (a == b) return true;
  if (element_count(a.shape) != element_count(b.shape) || bank_count(a) != bank_count(b) ||
      element_count(bank_shape(a)) != element_count(bank_shape(b)))
    return false;
  for (std::int64_t e = 0; e < element_count(a.shape); ++e) {
    if (place_of(a, e) != place_of(b, e)) return false;
  }
  return true;
}

}  // namespace sluice
