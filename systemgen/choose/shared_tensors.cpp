#include "systemgen/choose/shared_tensors.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <numeric>
#include <set>

#include "core/arith/floor_div.hpp"
#include "systemgen/choose/tensor_bankings.hpp"

namespace sluice {
namespace {

/// Lanes that don't divide a tensor may need so many banks each, once other kernels' lanes have theirs.
constexpr std::int64_t kMostSplits = 3;

/// A lane may read from so many banks beside its own.
constexpr std::int64_t kMostNeighbours = 2;

/// Where one view has several dimensions and another one in their place, blocks of the outermost of them are blocks in
/// both: whether blocks of so many elements are such.
bool is_outermost(std::int64_t elements, const std::vector<Shape>& views) {
  std::set<std::int64_t> strides;
  std::vector<std::pair<std::int64_t, std::int64_t>> spans;  // of all dimensions: stride, elements
  for (const auto& view : views) {
    std::int64_t stride = 1;
    for (std::size_t d = view.size(); d-- > 0; stride *= view[d]) {
      if (view[d] == 1) continue;
      strides.insert(stride);
      spans.emplace_back(stride, stride * view[d]);
    }
  }
  return std::ranges::all_of(spans, [&](const auto& span) {
    const auto [stride, size] = span;
    if (elements < stride || elements >= size) return true;
    return elements % *std::prev(strides.lower_bound(size)) == 0;
  });
}

}  // namespace

SharedTensors::SharedTensors(const std::vector<Kernel>& kernels) {
  std::map<std::string, std::vector<Shape>> views;
  for (const auto& kernel : kernels) {
    for (const auto& array : kernel.arrays) {
      if (!array.tensor.empty()) views[array.tensor].push_back(array.shape);
    }
  }
  std::erase_if(views, [](const auto& view) { return view.second.size() < 2; });
  views_ = std::move(views);
}

bool SharedTensors::allows(const Kernel& of, std::size_t nest, std::size_t loop, std::int64_t lanes) const {
  if (lanes == 1) return true;
  const std::size_t tokens = of.token_loops.size();
  if (loop == 0 && tokens == 0) return false;
  const std::size_t iterator = loop == 0 ? tokens - 1 : tokens + loop - 1;
  return std::ranges::all_of(of.nests[nest].body, [&](const Op& op) {
    return !op.array.valid() || op.code == Opcode::lookup || !views_.contains(of.array(op.array).tensor) ||
           allows(of, of.nests[nest], op, iterator, lanes);
  });
}

bool SharedTensors::allows(const Kernel& kernel, const Nest& nest, const Op& access, std::size_t iterator,
                           std::int64_t lanes) const {
  const auto trips = trip_counts(kernel, nest);
  const Array& array = kernel.array(access.array);
  for (std::size_t d = 0; d < access.index.size(); ++d) {
    const AffineExpr& index = access.index[d];
    const std::int64_t step = std::abs(index.coefficient(iterator));
    if (step == 0) continue;
    if (iterator < kernel.token_loops.size()) return false;
    const std::int64_t block = step * ceil_div(trips[iterator], lanes);
    // Another kernel's blocks may divide the tensor elsewhere: together they make blocks of a common divisor.
    const std::int64_t extent = array.shape[d];
    if (extent / std::gcd(block, extent) > kMostSplits * lanes) return false;
    std::int64_t span = 0;
    for (std::size_t i = 0; i < index.iterator_count(); ++i) {
      const std::int64_t other = std::abs(index.coefficient(i));
      if (i == iterator || other == 0 || trips[i] == 1) continue;
      if (other >= step * trips[iterator]) return false;  // the blocks would come again and again
      span += other * (trips[i] - 1);
    }
    if (ceil_div(span, block) > kMostNeighbours) return false;
    std::int64_t stride = 1;
    for (std::size_t inner = d + 1; inner < array.shape.size(); ++inner) stride *= array.shape[inner];
    if (!is_outermost(block * stride, views_.at(array.tensor))) return false;
    Banking banking = one_bank(array.shape);
    banking.dimensions[d] = {ceil_div(array.shape[d], block), block};
    const bool is_block_everywhere = std::ranges::all_of(
        views_.at(array.tensor), [&](const Shape& view) { return banking_in_view(banking, view).has_value(); });
    if (!is_block_everywhere) return false;
  }
  return true;
}

}  // namespace sluice
