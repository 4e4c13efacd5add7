#include "frontend/loops/body_editor.hpp"

#include <utility>

namespace sluice {

BodyEditor::BodyEditor(Nest& nest)
    : nest_(nest), old_(std::exchange(nest.body, {})), now_(old_.size()), kept_(old_.size()) {}

OpId BodyEditor::keep(OpId old, Op changed) {
  const OpId id(nest_.body.size());
  if (changed.code == Opcode::delay) {
    kept_delays_.emplace_back(id, changed.operands.at(0));
  } else {
    for (auto& operand : changed.operands) operand = now(operand);
  }
  nest_.body.push_back(std::move(changed));
  now_[old.index()] = id;
  kept_[old.index()] = id;
  return id;
}

OpId BodyEditor::add(Op op) {
  nest_.body.push_back(std::move(op));
  return OpId(nest_.body.size() - 1);
}

OpId BodyEditor::add_guard(std::vector<Condition> conditions) {
  for (const auto id : id_range<OpId>(nest_.body.size())) {
    const Op& op = nest_.op(id);
    if (op.code == Opcode::guard && op.conditions == conditions) return id;
  }
  return add({.code = Opcode::guard, .type = ScalarType::boolean(), .conditions = std::move(conditions)});
}

void BodyEditor::finish() {
  for (const auto& [delay, operand] : kept_delays_)
    nest_.body[delay.index()].operands = {kept_.at(operand.index()).value()};
}

AffineExpr substitute(const AffineExpr& expr, const std::vector<AffineExpr>& by) {
  AffineExpr result(expr.constant());
  for (std::size_t i = 0; i < expr.iterator_count(); ++i) result += by.at(i) * expr.coefficient(i);
  return result;
}

void substitute(Op& op, const std::vector<AffineExpr>& by) {
  for (auto& index : op.index) index = substitute(index, by);
  for (auto& condition : op.conditions) condition.expr = substitute(condition.expr, by);
}

}  // namespace sluice
