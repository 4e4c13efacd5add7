#include "core/kernel/bounds.hpp"

#include <algorithm>
#include <optional>

#include "core/arith/floor_div.hpp"

namespace sluice {
namespace {

std::optional<std::int64_t> constant_of(const AffineExpr& expr) {
  if (expr.iterator_count() != 0) return std::nullopt;
  return expr.constant();
}

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

}  // namespace

AffineExpr::Range range_under(const AffineExpr& expr, std::span<const std::int64_t> trips,
                              const std::vector<Condition>& conditions) {
  std::vector<AffineExpr::Range> iterators;
  for (const auto trip : trips) iterators.push_back({0, trip - 1});
  for (const auto& condition : conditions) {
    if (const auto i = single_iterator(condition.expr); i && *i < iterators.size()) {
      narrow(iterators[*i], condition.expr.coefficient(*i), condition.expr.constant(), condition.kind);
    }
  }
  AffineExpr::Range range{expr.constant(), expr.constant()};
  for (std::size_t i = 0; i < expr.iterator_count(); ++i) {
    const std::int64_t c = expr.coefficient(i);
    range.low += c * (c < 0 ? iterators[i].high : iterators[i].low);
    range.high += c * (c < 0 ? iterators[i].low : iterators[i].high);
  }
  for (const auto& condition : conditions) {
    const bool zero = condition.kind == Condition::Kind::zero;
    if (const auto k = constant_of(condition.expr - expr)) {  // expr + k >= 0, or == 0
      range.low = std::max(range.low, -*k);
      if (zero) range.high = std::min(range.high, -*k);
    }
    if (const auto k = constant_of(condition.expr + expr)) {  // k - expr >= 0, or == 0
      range.high = std::min(range.high, *k);
      if (zero) range.low = std::max(range.low, *k);
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
