#include "frontend/loops/bank_access.hpp"

#include <algorithm>
#include <numeric>

#include "core/arith/floor_div.hpp"
#include "core/kernel/bounds.hpp"
#include "frontend/loops/body_editor.hpp"

namespace sluice {
namespace {

Condition nonnegative(AffineExpr expr) { return in_lowest_terms({std::move(expr), Condition::Kind::nonnegative}); }

bool is_affine(const Nest& nest, OpId predicate) {
  const Op& op = nest.op(predicate);
  if (op.code == Opcode::guard) return true;
  return op.code == Opcode::bit_and &&
         std::ranges::all_of(op.operands, [&](OpId operand) { return is_affine(nest, operand); });
}

/// Whether some value of `expr` can lie in low .. low + count - 1, by its coefficients' greatest common divisor.
bool can_reach(const AffineExpr& expr, std::int64_t low, std::int64_t count) {
  std::int64_t divisor = 0;
  for (std::size_t i = 0; i < expr.iterator_count(); ++i) divisor = std::gcd(divisor, expr.coefficient(i));
  if (divisor == 0) return expr.constant() >= low && expr.constant() < low + count;
  const std::int64_t gap = low - expr.constant();
  const std::int64_t first = -floor_div(-gap, divisor) * divisor;  // the least multiple that is not below
  return first < gap + count;
}

BankDimension bank_dimension(const AffineExpr& index, const DimensionBanks& banks, std::span<const std::int64_t> trips,
                             const std::vector<Condition>& conditions) {
  if (banks.banks == 1) return {0, 1, {{0, 0, index}}};
  const std::int64_t period = banks.banks * banks.block;
  AffineExpr fixed;
  for (std::size_t i = 0; i < index.iterator_count(); ++i) {
    if (index.coefficient(i) % period == 0) fixed += AffineExpr::iterator(i) * index.coefficient(i);
  }
  BankDimension dimension{index - fixed, banks.block, {}};
  const auto range = range_under(dimension.rest, trips, conditions);
  AffineExpr base;
  for (std::size_t i = 0; i < fixed.iterator_count(); ++i)
    base += AffineExpr::iterator(i) * (fixed.coefficient(i) / banks.banks);
  const std::int64_t last = floor_div(range.high, banks.block);
  for (std::int64_t block = floor_div(range.low, banks.block); block <= last; ++block) {
    if (!can_reach(dimension.rest, block * banks.block, banks.block)) continue;
    const std::int64_t turn = floor_div(block, banks.banks);
    // In a block of one element, rest is its number.
    const AffineExpr inside = banks.block == 1 ? AffineExpr(0) : dimension.rest - block * banks.block;
    dimension.pieces.push_back({block, block - turn * banks.banks, base + turn * banks.block + inside});
  }
  if (dimension.pieces.empty()) dimension.pieces.push_back({});  // it never takes place
  return dimension;
}

}  // namespace

Condition BankDimension::at_least(std::size_t from) const { return nonnegative(rest - pieces.at(from).block * block); }

std::vector<Condition> BankDimension::conditions(std::size_t piece) const {
  std::vector<Condition> conditions;
  if (piece > 0) conditions.push_back(at_least(piece));
  if (piece + 1 < pieces.size()) conditions.push_back(nonnegative((pieces[piece].block + 1) * block - 1 - rest));
  return conditions;
}

std::optional<std::vector<Condition>> access_conditions(const Nest& nest, const Op& access) {
  const std::size_t predicate = access.code == Opcode::store ? 1 : 0;
  if (access.operands.size() <= predicate) return std::vector<Condition>();
  if (!is_affine(nest, access.operands[predicate])) return std::nullopt;
  return implied_conditions(nest, access.operands[predicate]);
}

std::vector<BankDimension> bank_dimensions(const Kernel& kernel, const Nest& nest, const Op& access,
                                           const Banking& banking) {
  const auto trips = trip_counts(kernel, nest);
  const auto conditions = access_conditions(nest, access).value_or(std::vector<Condition>());
  std::vector<BankDimension> dimensions;
  for (std::size_t d = 0; d < access.index.size(); ++d)
    dimensions.push_back(bank_dimension(access.index[d], banking.dimensions[d], trips, conditions));
  return dimensions;
}

bool never_together(std::span<const std::int64_t> trips, const std::vector<Condition>& conditions) {
  const auto is_empty = [&](const AffineExpr& expr) {
    const auto range = range_under(expr, trips, conditions);
    return range.low > range.high;
  };
  return std::ranges::any_of(conditions, [&](const Condition& condition) { return is_empty(condition.expr); });
}

}  // namespace sluice
