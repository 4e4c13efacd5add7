#pragma once

#include <string>
#include <vector>

#include "frontend/ops/op_def.hpp"

namespace sluice {

/// A kernel of several nests that pass over the same tensor, each time folding or using it group by group; the elements
/// of a group differ only in the `grouped` axes. All nests walk alike: token loops (the tensor's rows), loops over the
/// groups of a token, loops over a group.
class RowNests {
 public:
  /// Adds the kernel's token loops.
  RowNests(Kernel& kernel, const Shape& shape, const std::vector<int>& grouped);

  /// A scratch array with an element for each group of a token, or for each element of a token.
  ArrayId group_array(const std::string& name, ScalarType type);
  ArrayId element_array(const std::string& name, ScalarType type);

  /// A nest under construction, with the indices of the current element.
  struct Pass {
    NestBuilder nest;
    std::vector<AffineExpr> index;          ///< in the tensor
    std::vector<AffineExpr> group_index;    ///< in a group array
    std::vector<AffineExpr> element_index;  ///< in an element array
    std::vector<AffineExpr> iterators;      ///< of the loops over a group
  };
  Pass pass(const std::string& name);

 private:
  [[nodiscard]] Shape extents(const std::vector<int>& dimensions) const;

  Kernel* kernel_;
  Shape shape_;
  std::vector<int> groups_;   // dimensions that count the groups of a token
  std::vector<int> grouped_;  // dimensions within a group
  std::vector<AffineExpr> token_index_;
};

}  // namespace sluice
