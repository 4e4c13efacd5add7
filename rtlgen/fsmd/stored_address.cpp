#include "rtlgen/fsmd/stored_address.hpp"

namespace sluice {

std::vector<std::size_t> stored_order(const Array& array, const ArrayLayout& layout) {
  std::vector<std::size_t> order;
  for (std::size_t d = layout.first_row; d < layout.end_row; ++d) order.push_back(d);
  for (std::size_t d = 0; d < array.shape.size(); ++d) {
    if (d < layout.first_row || d >= layout.end_row) order.push_back(d);
  }
  return order;
}

AffineExpr stored_address(const Array& array, const ArrayLayout& layout, const std::vector<AffineExpr>& index) {
  AffineExpr address;
  for (const auto d : stored_order(array, layout)) address = address * array.shape[d] + index[d];
  return address;
}

std::vector<std::int64_t> stored_elements(const Array& array, const ArrayLayout& layout) {
  std::vector<std::int64_t> elements{0};
  std::vector<std::int64_t> strides(array.shape.size(), 1);
  for (std::size_t d = array.shape.size(); d-- > 1;) strides[d - 1] = strides[d] * array.shape[d];
  for (const auto d : stored_order(array, layout)) {
    std::vector<std::int64_t> finer;
    for (const auto element : elements) {
      for (std::int64_t i = 0; i < array.shape[d]; ++i) finer.push_back(element + i * strides[d]);
    }
    elements = std::move(finer);
  }
  return elements;
}

}  // namespace sluice
