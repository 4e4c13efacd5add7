#include "core/dfg/access_distance.hpp"

#include <algorithm>
#include <vector>

#include "core/kernel/bounds.hpp"

namespace sluice {
namespace {

using Range = AffineExpr::Range;

/// Conditions under which a load or store takes place.
std::vector<Condition> conditions_of(const Nest& nest, const Op& op) {
  const std::size_t predicate = op.code == Opcode::store ? 1 : 0;
  if (op.code == Opcode::lookup || op.operands.size() <= predicate) return {};
  return implied_conditions(nest, op.operands[predicate]);
}

/// The search for the smallest distance: one unknown for each loop, by how much its iterator differs between the two
/// accesses. With equal coefficients c, the addresses agree where sum c*difference = gap, and the distance is
/// sum weight*difference, weights being the trips of the loops inside.
class DistanceSearch {
 public:
  DistanceSearch(std::vector<Range> differences, std::vector<std::int64_t> coefficients,
                 const std::vector<std::int64_t>& trips, std::int64_t least)
      : differences_(std::move(differences)), coefficients_(std::move(coefficients)), least_(least) {
    const std::size_t count = trips.size();
    weights_.assign(count, 1);
    for (std::size_t l = count; l-- > 1;) weights_[l - 1] = weights_[l] * trips[l];
    inner_gap_.assign(count + 1, {});
    inner_distance_.assign(count + 1, {});
    for (std::size_t l = count; l-- > 0;) {
      inner_gap_[l] = plus(inner_gap_[l + 1], differences_[l], coefficients_[l]);
      inner_distance_[l] = plus(inner_distance_[l + 1], differences_[l], weights_[l]);
    }
  }

  /// The answer; `least` if the search becomes too long to finish.
  std::optional<std::int64_t> run(std::int64_t gap) {
    search(0, gap, 0);
    if (steps_ > kMaxSteps) return least_;
    return best_;
  }

 private:
  static constexpr int kMaxSteps = 20'000;

  static Range plus(Range range, Range unknown, std::int64_t factor) {
    const std::int64_t a = factor * unknown.low;
    const std::int64_t b = factor * unknown.high;
    return {range.low + std::min(a, b), range.high + std::max(a, b)};
  }

  void search(std::size_t loop, std::int64_t gap, std::int64_t distance) {
    if (++steps_ > kMaxSteps || best_ == least_) return;
    if (gap < inner_gap_[loop].low || gap > inner_gap_[loop].high) return;
    if (distance + inner_distance_[loop].high < least_) return;
    if (best_ && distance + inner_distance_[loop].low >= *best_) return;
    if (loop == differences_.size()) {
      best_ = distance;  // gap is 0 here, and the distance better than before
      return;
    }
    for (std::int64_t d = differences_[loop].low; d <= differences_[loop].high; ++d) {
      search(loop + 1, gap - coefficients_[loop] * d, distance + weights_[loop] * d);
    }
  }

  std::vector<Range> differences_;
  std::vector<std::int64_t> coefficients_;
  std::vector<std::int64_t> weights_;
  std::vector<Range> inner_gap_;  // what the loops from here inwards can add
  std::vector<Range> inner_distance_;
  std::int64_t least_;
  std::optional<std::int64_t> best_;
  int steps_ = 0;
};

}  // namespace

AccessPattern access_pattern(const Kernel& kernel, const Nest& nest, const Op& op) {
  AccessPattern pattern;
  pattern.is_affine = op.code != Opcode::lookup;
  if (!pattern.is_affine) return pattern;
  const auto trips = trip_counts(kernel, nest);
  const auto conditions = conditions_of(nest, op);
  pattern.address = linear_address(kernel.array(op.array), op.index);
  pattern.addresses = range_under(pattern.address, trips, conditions);
  for (std::size_t loop = 0; loop < trips.size(); ++loop) {
    pattern.iterators.push_back(range_under(AffineExpr::iterator(loop), trips, conditions));
    if (pattern.iterators.back().low > pattern.iterators.back().high) pattern.takes_place = false;
  }
  return pattern;
}

std::optional<std::int64_t> access_distance(const std::vector<std::int64_t>& trips, const AccessPattern& from,
                                            const AccessPattern& to, std::int64_t least) {
  if (!from.takes_place || !to.takes_place) return std::nullopt;
  if (!from.is_affine || !to.is_affine) return least;
  if (from.addresses.high < to.addresses.low || to.addresses.high < from.addresses.low) return std::nullopt;
  std::vector<Range> differences;
  std::vector<std::int64_t> coefficients;
  for (std::size_t loop = 0; loop < trips.size(); ++loop) {
    if (from.address.coefficient(loop) != to.address.coefficient(loop)) return least;
    coefficients.push_back(from.address.coefficient(loop));
    const Range& a = from.iterators[loop];
    const Range& b = to.iterators[loop];
    differences.push_back({b.low - a.high, b.high - a.low});
  }
  return DistanceSearch(std::move(differences), std::move(coefficients), trips, least)
      .run(from.address.constant() - to.address.constant());
}

}  // namespace sluice
