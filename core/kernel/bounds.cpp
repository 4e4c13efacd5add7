#include "core/kernel/bounds.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "core/arith/floor_div.hpp"

namespace sluice {
namespace {

using Ranges = std::vector<AffineExpr::Range>;

bool never_holds(const Condition& condition) {
  if (condition.expr.iterator_count() > 0) return false;
  return condition.kind == Condition::Kind::zero ? condition.expr.constant() != 0 : condition.expr.constant() < 0;
}

AffineExpr::Range interval(const AffineExpr& expr, const Ranges& iterators) {
  AffineExpr::Range range{expr.constant(), expr.constant()};
  for (std::size_t i = 0; i < expr.iterator_count(); ++i) {
    const std::int64_t c = expr.coefficient(i);
    range.low += c * (c < 0 ? iterators[i].high : iterators[i].low);
    range.high += c * (c < 0 ? iterators[i].low : iterators[i].high);
  }
  return range;
}

bool is_empty(const Ranges& iterators) {
  return std::ranges::any_of(iterators, [](const auto& range) { return range.low > range.high; });
}

/// Narrows each iterator by `expr` >= 0, given the ranges of the others. Returns whether one became narrower.
bool narrow(Ranges& iterators, const AffineExpr& expr) {
  const std::int64_t most = interval(expr, iterators).high;
  bool changed = false;
  for (std::size_t i = 0; i < expr.iterator_count(); ++i) {
    const std::int64_t c = expr.coefficient(i);
    if (c == 0) continue;
    AffineExpr::Range& range = iterators[i];
    const AffineExpr::Range before = range;
    if (c > 0) {
      range.low = std::max(range.low, -floor_div(most - c * range.high, c));
    } else {
      range.high = std::min(range.high, floor_div(most - c * range.low, -c));
    }
    changed = changed || range != before;
  }
  return changed;
}

/// Bounds propagation: what the conditions leave of each iterator's range.
void narrow(Ranges& iterators, const std::vector<Condition>& conditions) {
  constexpr int kRounds = 4;
  bool changed = true;
  for (int round = 0; round < kRounds && changed; ++round) {
    changed = false;
    for (const auto& condition : conditions) {
      if (is_empty(iterators)) return;
      changed = narrow(iterators, condition.expr) || changed;
      if (condition.kind == Condition::Kind::zero && !is_empty(iterators))
        changed = narrow(iterators, condition.expr * -1) || changed;
    }
  }
}

/// 1, and other factors by which the condition's expression cancels an iterator of `expr`.
std::set<std::int64_t> useful_multiples(const AffineExpr& expr, const AffineExpr& condition) {
  std::set<std::int64_t> factors{1};
  for (std::size_t i = 0; i < condition.iterator_count(); ++i) {
    const std::int64_t c = condition.coefficient(i);
    if (c != 0 && expr.coefficient(i) != 0 && expr.coefficient(i) % c == 0)
      factors.insert(std::abs(expr.coefficient(i) / c));
  }
  return factors;
}

}  // namespace

AffineExpr::Range range_under(const AffineExpr& expr, std::span<const std::int64_t> trips,
                              const std::vector<Condition>& conditions) {
  constexpr AffineExpr::Range kEmpty{0, -1};
  Ranges iterators;
  for (const auto trip : trips) iterators.push_back({0, trip - 1});
  if (std::ranges::any_of(conditions, never_holds)) return kEmpty;
  narrow(iterators, conditions);
  if (is_empty(iterators)) return kEmpty;
  AffineExpr::Range range = interval(expr, iterators);
  for (const auto& condition : conditions) {
    for (const auto factor : useful_multiples(expr, condition.expr)) {
      // With c >= 0: (expr - c) + c is at least expr - c, and (expr + c) - c at most expr + c.
      const auto less = interval(expr - condition.expr * factor, iterators);
      const auto more = interval(expr + condition.expr * factor, iterators);
      range.low = std::max(range.low, less.low);
      range.high = std::min(range.high, more.high);
      if (condition.kind != Condition::Kind::zero) continue;
      range.low = std::max(range.low, more.low);
      range.high = std::min(range.high, less.high);
    }
  }
  return range;
}

std::vector<Condition> without_implied(std::vector<Condition> conditions, std::span<const std::int64_t> trips) {
  for (std::size_t i = conditions.size(); i-- > 0;) {
    const Condition condition = conditions[i];
    auto others = conditions;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    const auto range = range_under(condition.expr, trips, others);
    if (range.low > range.high) continue;
    const bool zero = condition.kind == Condition::Kind::zero;
    if (zero ? range == AffineExpr::Range{} : range.low >= 0) conditions = std::move(others);
  }
  return conditions;
}

std::vector<Condition> implied_conditions(const Nest& nest, OpId predicate) {
  const Op& op = nest.op(predicate);
  if (op.code == Opcode::guard) return op.conditions;
  if (op.code != Opcode::bit_and) return {};
  std::vector<Condition> conditions;
  for (const auto operand : op.operands) {
    const auto more = implied_conditions(nest, operand);
    conditions.insert(conditions.end(), more.begin(), more.end());
  }
  return conditions;
}

}  // namespace sluice
