#include "frontend/loops/dependences.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace sluice {
namespace {

using Range = AffineExpr::Range;

/// How a loop's iterator differs between two accesses.
enum class Direction : std::uint8_t { same, later, earlier };

/// Values of b*j - a*i for 0 <= i, j < trip with j in that direction from i; low above high where there are none.
/// Linear, so the ends are at the corners.
Range difference(std::int64_t a, std::int64_t b, std::int64_t trip, Direction direction) {
  using Point = std::pair<std::int64_t, std::int64_t>;
  const std::int64_t last = trip - 1;
  std::array<Point, 3> corners{Point{0, 0}, Point{last, last}, Point{0, 0}};
  if (direction != Direction::same) {
    if (trip == 1) return {0, -1};
    corners = {Point{0, 1}, Point{0, last}, Point{last - 1, last}};
    if (direction == Direction::earlier) {
      for (auto& corner : corners) std::swap(corner.first, corner.second);
    }
  }
  const auto value = [&](const Point& corner) { return b * corner.second - a * corner.first; };
  Range range{value(corners[0]), value(corners[0])};
  for (const auto& corner : corners) {
    range.low = std::min(range.low, value(corner));
    range.high = std::max(range.high, value(corner));
  }
  return range;
}

class OrderCheck {
 public:
  OrderCheck(const Kernel& kernel, const Nest& nest, std::span<const std::size_t> order)
      : token_loops_(kernel.token_loops.size()), trips_(trip_counts(kernel, nest)), order_(order) {}

  /// Whether `to`, where it comes later and touches the same element, still comes later.
  bool keeps(const Op& from, const Op& to) {
    directions_.assign(trips_.size(), Direction::same);
    return keeps_from(from, to, token_loops_);
  }

 private:
  bool keeps_from(const Op& from, const Op& to, std::size_t loop) {
    if (loop == trips_.size()) return !can_meet(from, to) || !is_reversed();
    for (const auto direction : {Direction::same, Direction::later, Direction::earlier}) {
      directions_[loop] = direction;
      if (direction == Direction::earlier && !comes_later(loop)) continue;
      if (!keeps_from(from, to, loop + 1)) return false;
    }
    return true;
  }

  /// Whether a loop outside of this one already says that the second access is the later one.
  [[nodiscard]] bool comes_later(std::size_t loop) const {
    return std::any_of(directions_.begin(), directions_.begin() + static_cast<std::ptrdiff_t>(loop),
                       [](Direction direction) { return direction != Direction::same; });
  }

  [[nodiscard]] bool is_reversed() const {
    for (const auto loop : order_) {
      const Direction direction = directions_[token_loops_ + loop];
      if (direction != Direction::same) return direction == Direction::earlier;
    }
    return false;
  }

  [[nodiscard]] bool can_meet(const Op& from, const Op& to) const {
    if (from.code == Opcode::lookup || to.code == Opcode::lookup) return true;
    for (std::size_t d = 0; d < from.index.size(); ++d) {
      const std::int64_t gap = to.index[d].constant() - from.index[d].constant();
      Range range{gap, gap};
      for (std::size_t i = 0; i < trips_.size(); ++i) {
        const Range part =
            difference(from.index[d].coefficient(i), to.index[d].coefficient(i), trips_[i], directions_[i]);
        if (part.low > part.high) return false;
        range.low += part.low;
        range.high += part.high;
      }
      if (range.low > 0 || range.high < 0) return false;
    }
    return true;
  }

  std::size_t token_loops_;
  std::vector<std::int64_t> trips_;
  std::span<const std::size_t> order_;
  std::vector<Direction> directions_;
};

}  // namespace

bool keeps_array_order(const Kernel& kernel, const Nest& nest, std::span<const std::size_t> order) {
  std::vector<const Op*> accesses;
  for (const auto& op : nest.body) {
    if (op.array.valid() && kernel.array(op.array).role == ArrayRole::scratch) accesses.push_back(&op);
  }
  OrderCheck check(kernel, nest, order);
  for (const auto* from : accesses) {
    for (const auto* to : accesses) {
      const bool conflict = from->array == to->array && (from->code == Opcode::store || to->code == Opcode::store);
      if (conflict && !check.keeps(*from, *to)) return false;
    }
  }
  return true;
}

}  // namespace sluice
