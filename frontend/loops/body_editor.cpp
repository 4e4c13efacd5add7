#include "frontend/loops/body_editor.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/arith/floor_div.hpp"

namespace sluice {

BodyEditor::BodyEditor(Nest& nest)
    : nest_(nest), old_(std::exchange(nest.body, {})), now_(old_.size()), kept_(old_.size()) {}

OpId BodyEditor::keep(OpId old, Op changed) {
  if (changed.code == Opcode::delay) {
    kept_delays_.emplace_back(nest_.body.size(), changed.operands.at(0));
  } else {
    for (auto& operand : changed.operands) operand = now(operand);
  }
  const OpId id = add(std::move(changed));
  now_[old.index()] = id;
  kept_[old.index()] = id;
  return id;
}

OpId BodyEditor::add(Op op) {
  const OpId id(nest_.body.size());
  if (op.code == Opcode::guard) guards_.try_emplace(key_of(op, {}), id);
  nest_.body.push_back(std::move(op));
  return id;
}

OpId BodyEditor::add_guard(std::vector<Condition> conditions) {
  Op guard{.code = Opcode::guard, .type = ScalarType::boolean(), .conditions = std::move(conditions)};
  const auto found = guards_.find(key_of(guard, {}));
  return found == guards_.end() ? add(std::move(guard)) : found->second;
}

OpId BodyEditor::add_predicate(std::optional<OpId> predicate, std::vector<Condition> conditions) {
  if (predicate && nest_.op(*predicate).code == Opcode::guard) {
    const auto& more = nest_.op(*predicate).conditions;
    conditions.insert(conditions.begin(), more.begin(), more.end());
    predicate.reset();
  }
  const OpId guard = add_guard(std::move(conditions));
  if (!predicate) return guard;
  return add({.code = Opcode::bit_and, .type = ScalarType::boolean(), .operands = {*predicate, guard}});
}

void BodyEditor::finish() {
  for (const auto& [delay, operand] : kept_delays_)
    nest_.body[delay.index()].operands = {kept_.at(operand.index()).value()};
}

Condition in_lowest_terms(const Condition& condition) {
  const AffineExpr& expr = condition.expr;
  std::int64_t divisor = 0;
  for (std::size_t i = 0; i < expr.iterator_count(); ++i) divisor = std::gcd(divisor, expr.coefficient(i));
  const bool zero = condition.kind == Condition::Kind::zero;
  if (divisor < 2 || (zero && expr.constant() % divisor != 0)) return condition;
  AffineExpr reduced(floor_div(expr.constant(), divisor));
  for (std::size_t i = 0; i < expr.iterator_count(); ++i)
    reduced += AffineExpr::iterator(i) * (expr.coefficient(i) / divisor);
  return {std::move(reduced), condition.kind};
}

Condition below(const AffineExpr& index, std::int64_t trip) {
  return in_lowest_terms({AffineExpr(trip - 1) - index, Condition::Kind::nonnegative});
}

Condition in_last(std::size_t iterator, std::int64_t trip) {
  return {AffineExpr::iterator(iterator) - (trip - 1), Condition::Kind::zero};
}

void move_last(Op& op, std::size_t iterator, std::int64_t trip, std::int64_t padding) {
  std::ranges::replace(op.conditions, in_last(iterator, trip), in_last(iterator, trip + padding));
}

bool moves_with(const Op& access, std::size_t iterator) {
  return std::ranges::any_of(access.index, [&](const AffineExpr& index) { return index.coefficient(iterator) != 0; });
}

AffineExpr substitute(const AffineExpr& expr, const std::vector<AffineExpr>& by) {
  AffineExpr result(expr.constant());
  for (std::size_t i = 0; i < expr.iterator_count(); ++i) result += by.at(i) * expr.coefficient(i);
  return result;
}

void substitute(Op& op, const std::vector<AffineExpr>& by) {
  for (auto& index : op.index) index = substitute(index, by);
  for (auto& condition : op.conditions) condition = in_lowest_terms({substitute(condition.expr, by), condition.kind});
}

}  // namespace sluice
