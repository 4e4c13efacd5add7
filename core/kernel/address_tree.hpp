#pragma once

#include <optional>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// A lookup that stands for several loads, of which at most one takes place: its address is chosen by selects from
/// affine operations that each say which element it is.
struct AddressTree {
  std::vector<OpId> leaves;   ///< affine
  std::vector<OpId> selects;
};

/// None if the address is computed in another way.
std::optional<AddressTree> address_tree(const Kernel& kernel, const Nest& nest, const Op& lookup);

/// The indices of the element that a leaf of an address tree addresses.
std::vector<AffineExpr> element_index(const Op& leaf);

/// A leaf: the row-major number of an element of the array.
Op make_address(const Kernel& kernel, ArrayId array, ScalarType type, const std::vector<AffineExpr>& index);

}  // namespace sluice
