#include "core/kernel/bounds.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>

#include "core/arith/floor_div.hpp"

namespace sluice {
namespace {

/// The one iterator that the expression depends on, if it is one.
std::optional<std::size_t> single_iterator(const AffineExpr& expr) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < expr.iterator_count(); ++i) {
    if (expr.coefficient(i) == 0) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

/// Narrows the iterator's range by a condition c*i + k >= 0 or == 0.
void narrow(AffineExpr::Range& range, std::int64_t c, std::int64_t k, Condition::Kind kind) {
  if (kind == Condition::Kind::zero) {
    if (k % c == 0) range = {std::max(range.low, -k / c), std::min(range.high, -k / c)};
  } else if (c > 0) {
    range.low = std::max(range.low, -floor_div(k, c));
  } else {
    range.high = std::min(range.high, floor_div(k, -c));
  }
}

bool never_holds(const Condition& condition) {
  if (condition.expr.iterator_count() > 0) return false;
  return condition.kind == Condition::Kind::zero ? condition.expr.constant() != 0 : condition.expr.constant() < 0;
}

AffineExpr::Range interval(const AffineExpr& expr, const std::vector<AffineExpr::Range>& iterators) {
  AffineExpr::Range range{expr.constant(), expr.constant()};
  for (std::size_t i = 0; i < expr.iterator_count(); ++i) {
    const std::int64_t c = expr.coefficient(i);
    range.low += c * (c < 0 ? iterators[i].high : iterators[i].low);
    range.high += c * (c < 0 ? iterators[i].low : iterators[i].high);
  }
  return range;
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
  std::vector<AffineExpr::Range> iterators;
  for (const auto trip : trips) iterators.push_back({0, trip - 1});
  for (const auto& condition : conditions) {
    if (never_holds(condition)) return kEmpty;
    if (const auto i = single_iterator(condition.expr); i && *i < iterators.size()) {
      narrow(iterators[*i], condition.expr.coefficient(*i), condition.expr.constant(), condition.kind);
    }
  }
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
