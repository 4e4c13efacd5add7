#pragma once

#include <vector>

#include "rtlgen/fsmd/fsmd.hpp"

namespace sluice {

/// The array's dimensions, outermost first, as they are stored.
std::vector<std::size_t> stored_order(const Array& array, const ArrayLayout& layout);

/// The element's address in the frame's part of the storage, not wrapped.
AffineExpr stored_address(const Array& array, const ArrayLayout& layout, const std::vector<AffineExpr>& index);

/// By address in the frame's part of the storage: the element's row-major number in the array.
std::vector<std::int64_t> stored_elements(const Array& array, const ArrayLayout& layout);

}  // namespace sluice
