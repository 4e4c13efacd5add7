#include "frontend/loops/view_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "frontend/loops/body_editor.hpp"

namespace sluice {
namespace {

/// The nest's own loop whose iterator is the number of the element that all loads of the array take.
std::optional<std::size_t> walking_loop(const Kernel& kernel, const Nest& nest, ArrayId array) {
  const std::size_t tokens = kernel.token_loops.size();
  std::optional<std::size_t> found;
  for (const auto& op : nest.body) {
    if (op.array != array) continue;
    if (op.code != Opcode::load) return std::nullopt;
    const AffineExpr element = linear_address(kernel.array(array), op.index);
    const std::size_t count = element.iterator_count();
    if (count <= tokens || element != AffineExpr::iterator(count - 1)) return std::nullopt;
    if (found && *found != count - 1 - tokens) return std::nullopt;
    found = count - 1 - tokens;
  }
  return found;
}

/// Replaces a nest's own loop by one for each extent above 1 of `shape`.
class LoopSplitter {
 public:
  LoopSplitter(const Kernel& kernel, Nest& nest, std::size_t loop, const Shape& shape)
      : nest_(nest), old_(kernel.token_loops.size() + loop), trip_(nest.loops[loop].trip) {
    const std::string name = nest.loops[loop].name;
    nest.loops.erase(nest.loops.begin() + static_cast<std::ptrdiff_t>(loop));
    std::size_t count = 0;
    AffineExpr element;
    for (std::size_t d = 0; d < shape.size(); ++d) {
      element = element * shape[d];
      index_.emplace_back(0);
      if (shape[d] == 1) continue;
      nest.loops.insert(nest.loops.begin() + static_cast<std::ptrdiff_t>(loop + count),
                        {fmt::format("{}{}", name, d), shape[d]});
      parts_.emplace_back(old_ + count, shape[d]);
      index_.back() = AffineExpr::iterator(old_ + count);
      element += index_.back();
      ++count;
    }
    for (std::size_t i = 0; i < old_; ++i) by_.push_back(AffineExpr::iterator(i));
    by_.push_back(element);
    for (std::size_t i = old_ + count; i < kernel.token_loops.size() + nest.loops.size(); ++i)
      by_.push_back(AffineExpr::iterator(i));
  }

  void run(ArrayId array) {
    for (auto& op : nest_.body) {
      split_conditions(op);
      if (op.array == array) op.index = index_;
    }
  }

 private:
  /// The first and the last iteration are those of all parts.
  void split_conditions(Op& op) {
    std::vector<Condition> ends;
    const auto is_end = [&](const Condition& condition) {
      const bool first = condition == Condition{AffineExpr::iterator(old_), Condition::Kind::zero};
      const bool last = condition == in_last(old_, trip_);
      for (const auto& [iterator, trip] : parts_) {
        if (first) ends.push_back({AffineExpr::iterator(iterator), Condition::Kind::zero});
        if (last) ends.push_back(in_last(iterator, trip));
      }
      return first || last;
    };
    std::erase_if(op.conditions, is_end);
    substitute(op, by_);
    op.conditions.insert(op.conditions.end(), ends.begin(), ends.end());
  }

  Nest& nest_;
  std::size_t old_;  // as an iterator
  std::int64_t trip_;
  std::vector<std::pair<std::size_t, std::int64_t>> parts_;  // iterators and trips
  std::vector<AffineExpr> index_;                            // of the array
  std::vector<AffineExpr> by_;                               // for each old iterator
};

}  // namespace

bool view_input(Kernel& kernel, ArrayId array, const Shape& shape) {
  if (kernel.array(array).shape == shape) return true;
  if (kernel.nests.size() != 1 || element_count(kernel.array(array).shape) != element_count(shape)) return false;
  Nest& nest = kernel.nests[0];
  const auto loop = walking_loop(kernel, nest, array);
  if (!loop || nest.loops[*loop].trip != element_count(shape)) return false;
  LoopSplitter(kernel, nest, *loop, shape).run(array);
  kernel.arrays[array.index()].shape = shape;
  return true;
}

}  // namespace sluice
