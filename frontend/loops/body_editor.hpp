#pragma once

#include <optional>
#include <vector>

#include "core/kernel/kernel.hpp"
#include "frontend/loops/op_key.hpp"

namespace sluice {

/// Writes a nest's body anew, operation by operation, with others in between: what it keeps and what it adds get the
/// numbers of the new body, and operands of kept operations follow. Delays, which may point forward, are settled by
/// `finish`.
class BodyEditor {
 public:
  explicit BodyEditor(Nest& nest);

  [[nodiscard]] const std::vector<Op>& old_body() const { return old_; }

  /// Appends the operation with its operands replaced by what stands for them; `old` then stands for it.
  OpId keep(OpId old, Op changed);
  /// Appends a new operation, whose operands are of the new body.
  OpId add(Op op);
  /// A guard of these conditions; one that was added before, if it has the same.
  OpId add_guard(std::vector<Condition> conditions);

  /// A predicate that holds where `predicate` (if there is one) and all conditions do.
  OpId add_predicate(std::optional<OpId> predicate, std::vector<Condition> conditions);

  /// What stands for an operation of the old body that was kept.
  [[nodiscard]] OpId now(OpId old) const { return now_.at(old.index()).value(); }
  /// From here on `replacement` (of the new body) stands for it; a delay of it stays one of the operation itself.
  void replace(OpId old, OpId replacement) { now_.at(old.index()) = replacement; }

  /// Leaves the operation out: `same` (of the new body) is what it computes.
  void merge(OpId old, OpId same) { now_.at(old.index()) = kept_.at(old.index()) = same; }

  /// Gives kept delays their operands.
  void finish();

 private:
  Nest& nest_;
  std::vector<Op> old_;
  std::vector<std::optional<OpId>> now_;
  std::vector<std::optional<OpId>> kept_;
  ValueTable guards_;
  std::vector<std::pair<OpId, OpId>> kept_delays_;  // of the new body, and the old operand
};

/// The same condition in lowest terms: "4*i - 8 == 0" is "i - 2 == 0", "4*i - 7 >= 0" is "i - 2 >= 0".
Condition in_lowest_terms(const Condition& condition);

/// 0 is the least value of such an index: what is left to ask is that it is below `trip`.
Condition below(const AffineExpr& index, std::int64_t trip);

/// The condition that holds in the last iteration of a loop of `trip`.
Condition in_last(std::size_t iterator, std::int64_t trip);

/// Where the operation asks for the last iteration of a loop of `trip`: that comes after `padding` more.
void move_last(Op& op, std::size_t iterator, std::int64_t trip, std::int64_t padding);

/// Whether the access goes to another element when this iterator steps.
bool moves_with(const Op& access, std::size_t iterator);

/// Replaces every iterator in the indices and conditions (kept in lowest terms) of the operation: iterator i by
/// `by[i]`.
void substitute(Op& op, const std::vector<AffineExpr>& by);
AffineExpr substitute(const AffineExpr& expr, const std::vector<AffineExpr>& by);

}  // namespace sluice
