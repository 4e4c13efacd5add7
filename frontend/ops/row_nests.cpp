#include "frontend/ops/row_nests.hpp"

#include <algorithm>

#include "frontend/ops/lowering.hpp"

namespace sluice {
namespace {

std::vector<AffineExpr> at(const std::vector<AffineExpr>& index, const std::vector<int>& dimensions) {
  std::vector<AffineExpr> result;
  for (const int d : dimensions) result.push_back(index[static_cast<std::size_t>(d)]);
  return result;
}

}  // namespace

RowNests::RowNests(Kernel& kernel, const Shape& shape, const std::vector<int>& grouped)
    : kernel_(&kernel), shape_(shape), grouped_(grouped), token_index_(shape.size()) {
  const auto is_grouped = [&](int d) { return std::ranges::find(grouped, d) != grouped.end(); };
  std::vector<int> rows = row_dimensions(shape);
  std::erase_if(rows, is_grouped);
  groups_ = other_dimensions(shape, rows);
  std::erase_if(groups_, is_grouped);
  add_token_loops(kernel, shape, rows, token_index_);
}

Shape RowNests::extents(const std::vector<int>& dimensions) const {
  Shape result;
  for (const int d : dimensions) result.push_back(shape_[static_cast<std::size_t>(d)]);
  return result;
}

ArrayId RowNests::group_array(const std::string& name, ScalarType type) {
  return scratch_array(*kernel_, name, type, extents(groups_));
}

ArrayId RowNests::element_array(const std::string& name, ScalarType type) {
  Shape shape = extents(groups_);
  std::ranges::copy(extents(grouped_), std::back_inserter(shape));
  return scratch_array(*kernel_, name, type, shape);
}

RowNests::Pass RowNests::pass(const std::string& name) {
  Pass pass{NestBuilder(*kernel_, name), token_index_, {}, {}, {}};
  add_loops(pass.nest, shape_, groups_, pass.index);
  add_loops(pass.nest, shape_, grouped_, pass.index);
  pass.group_index = at(pass.index, groups_);
  pass.iterators = at(pass.index, grouped_);
  pass.element_index = pass.group_index;
  std::ranges::copy(pass.iterators, std::back_inserter(pass.element_index));
  return pass;
}

}  // namespace sluice
