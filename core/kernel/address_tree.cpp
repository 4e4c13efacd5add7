#include "core/kernel/address_tree.hpp"

#include <algorithm>

namespace sluice {
namespace {

/// A leaf's `index` holds its value, the element's indices, and a number that keeps apart the addresses of different
/// tensors, which may be stored differently.
constexpr std::size_t kMoreThanRank = 2;

}  // namespace

std::optional<AddressTree> address_tree(const Kernel& kernel, const Nest& nest, const Op& lookup) {
  const std::size_t rank = kernel.array(lookup.array).shape.size();
  AddressTree tree;
  std::vector<OpId> open{lookup.operands.at(0)};
  while (!open.empty()) {
    const OpId id = open.back();
    const Op& op = nest.op(id);
    open.pop_back();
    if (op.code == Opcode::select) {
      tree.selects.push_back(id);
      open.insert(open.end(), {op.operands[1], op.operands[2]});
    } else if (op.code == Opcode::affine && op.index.size() == rank + kMoreThanRank) {
      tree.leaves.push_back(id);
    } else {
      return std::nullopt;
    }
  }
  return tree;
}

std::vector<AffineExpr> element_index(const Op& leaf) { return {leaf.index.begin() + 1, leaf.index.end() - 1}; }

Op make_address(const Kernel& kernel, ArrayId array, ScalarType type, const std::vector<AffineExpr>& index) {
  const Array& of = kernel.array(array);
  const auto first = std::ranges::find_if(kernel.arrays, [&](const Array& other) {
    return other.role == of.role && other.tensor == of.tensor && other.shape == of.shape;
  });
  Op op{.code = Opcode::affine, .type = type, .index = {linear_address(of, index)}};
  op.index.insert(op.index.end(), index.begin(), index.end());
  op.index.emplace_back(first - kernel.arrays.begin());
  return op;
}

}  // namespace sluice
