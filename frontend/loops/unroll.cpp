#include "frontend/loops/unroll.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "frontend/loops/accumulation.hpp"
#include "frontend/loops/body_editor.hpp"

namespace sluice {
namespace {

bool always_holds(const Condition& condition) {
  if (condition.expr.iterator_count() > 0) return false;
  return condition.kind == Condition::Kind::zero ? condition.expr.constant() == 0 : condition.expr.constant() >= 0;
}

bool has_delays(const Nest& nest) { return std::ranges::find(nest.body, Opcode::delay, &Op::code) != nest.body.end(); }

/// For each operation: whether it needs the result of a fold of this iteration.
std::vector<bool> needs_folds(const Nest& nest, const Accumulations& found) {
  std::vector<bool> needs(nest.body.size(), false);
  for (const auto& accumulation : found.all) needs[accumulation.fold.index()] = true;
  for (std::size_t i = 0; i < nest.body.size(); ++i) {
    if (nest.body[i].code == Opcode::delay) continue;
    for (const auto operand : nest.body[i].operands) {
      if (needs[operand.index()]) needs[i] = true;
    }
  }
  return needs;
}

/// Whether a store has an element of its own for every index of the iterator: some dimension moves with it alone.
bool has_own_element(const Op& store, std::size_t iterator) {
  return std::ranges::any_of(store.index, [&](const AffineExpr& index) {
    if (index.coefficient(iterator) == 0) return false;
    for (std::size_t other = 0; other < index.iterator_count(); ++other) {
      if (other != iterator && index.coefficient(other) != 0) return false;
    }
    return true;
  });
}

/// What the fold adds to the running result.
OpId term_of(const Op& fold, const Accumulation& accumulation) {
  return fold.operands[0] == accumulation.start ? fold.operands[1] : fold.operands[0];
}

/// Takes out a loop of one iteration; what it decides is decided.
void remove_loop(const Kernel& kernel, Nest& nest, std::size_t loop) {
  std::vector<AffineExpr> by;
  const std::size_t gone = kernel.token_loops.size() + loop;
  for (std::size_t i = 0; i < kernel.token_loops.size() + nest.loops.size(); ++i)
    by.push_back(i == gone ? AffineExpr(0) : AffineExpr::iterator(i < gone ? i : i - 1));
  nest.loops.erase(nest.loops.begin() + static_cast<std::ptrdiff_t>(loop));
  for (auto& op : nest.body) {
    substitute(op, by);
    std::erase_if(op.conditions, [](const Condition& condition) { return always_holds(condition); });
  }
}

class Unroller {
 public:
  Unroller(Kernel& kernel, Nest& nest, std::size_t loop, std::int64_t factor, Lanes kind)
      : nest_(nest),
        loop_(kernel.token_loops.size() + loop),
        trip_(nest.loops[loop].trip),
        left_((trip_ + factor - 1) / factor),
        factor_((trip_ + left_ - 1) / left_),
        kind_(kind) {
    if (auto found = find_accumulations(kernel, nest)) found_ = std::move(*found);
    is_reduction_ = !found_.all.empty() && loop >= found_.first_loop;
    if (is_reduction_) needs_folds_ = needs_folds(nest, found_);
    padding_ = left_ * factor_ - trip_;
    nest.loops[loop].trip = left_;
    for (std::size_t i = 0; i < kernel.token_loops.size() + nest.loops.size(); ++i)
      by_.push_back(AffineExpr::iterator(i));
  }

  void run() {
    BodyEditor body(nest_);
    old_ = body.old_body();
    lanes_.assign(static_cast<std::size_t>(factor_), std::vector<OpId>(old_.size()));
    for (std::int64_t lane = 0; lane < factor_; ++lane) copy_lane(body, lane);
    if (is_reduction_) {
      for (const auto& accumulation : found_.all) accumulate(body, accumulation);
      copy_rest(body);
    }
    for (const auto& [delay, operand] : delays_) nest_.body[delay.index()].operands = {operand};
  }

 private:
  using Lane = std::vector<OpId>;

  [[nodiscard]] AffineExpr index_of(std::int64_t lane) const {
    return kind_ == Lanes::blocks ? AffineExpr::iterator(loop_) + lane * left_
                                  : AffineExpr::iterator(loop_) * factor_ + lane;
  }
  [[nodiscard]] bool may_be_beyond(std::int64_t lane) const {
    return kind_ == Lanes::blocks ? (lane + 1) * left_ > trip_ : lane >= factor_ - padding_;
  }

  /// Everything once more for the lane; of a reduction only what comes before its folds.
  void copy_lane(BodyEditor& body, std::int64_t lane) {
    by_[loop_] = index_of(lane);
    Lane& now = lanes_[static_cast<std::size_t>(lane)];
    std::vector<std::pair<OpId, OpId>> delays;  // new, and the old operand
    for (const auto id : id_range<OpId>(old_.size())) {
      if (is_reduction_ && belongs_to_folds(id)) continue;
      Op op = old_[id.index()];
      if (op.code == Opcode::delay) {
        delays.emplace_back(now[id.index()] = body.add(op), op.operands[0]);
        continue;
      }
      for (auto& operand : op.operands) operand = now[operand.index()];
      now[id.index()] = add_copy(body, old_[id.index()], std::move(op), lane);
    }
    for (const auto& [delay, operand] : delays) delays_.emplace_back(delay, now[operand.index()]);
  }

  OpId add_copy(BodyEditor& body, const Op& old, Op op, std::int64_t lane) {
    if (is_reduction_) move_last(op, loop_, trip_, padding_);
    substitute(op, by_);
    const bool stores = op.code == Opcode::store;
    if (may_be_beyond(lane) && (stores || (op.code == Opcode::load && moves_with(old, loop_)))) {
      const std::size_t predicate = stores ? 1 : 0;
      const auto also = op.operands.size() > predicate ? std::optional(op.operands[predicate]) : std::nullopt;
      op.operands.resize(predicate);
      op.operands.push_back(body.add_predicate(also, {below(index_of(lane), trip_)}));
    }
    if (op.code == Opcode::guard) return body.add_guard(std::move(op.conditions));
    return body.add(std::move(op));
  }

  [[nodiscard]] bool belongs_to_folds(OpId id) const {
    if (needs_folds_[id.index()]) return true;
    return std::ranges::any_of(found_.all, [&](const auto& a) { return id == a.before || id == a.start; });
  }

  /// The lanes' terms as a balanced tree, and one fold of its result. It starts where the first lane did.
  void accumulate(BodyEditor& body, const Accumulation& accumulation) {
    const Op fold = old_[accumulation.fold.index()];
    const OpId term = term_of(fold, accumulation);
    std::vector<OpId> terms;
    for (std::int64_t lane = 0; lane < factor_; ++lane) {
      const OpId value = lanes_[static_cast<std::size_t>(lane)][term.index()];
      terms.push_back(may_be_beyond(lane) ? masked(body, fold, value, terms.front(), lane) : value);
    }
    while (terms.size() > 1) {
      std::vector<OpId> sums;
      for (std::size_t i = 0; i + 1 < terms.size(); i += 2)
        sums.push_back(body.add({.code = fold.code, .type = fold.type, .operands = {terms[i], terms[i + 1]}}));
      if (terms.size() % 2 == 1) sums.push_back(terms.back());
      terms = std::move(sums);
    }
    const OpId before = body.add(old_[accumulation.before.index()]);
    Op start = old_[accumulation.start.index()];
    start.operands = {lanes_.front()[start.operands[0].index()], lanes_.front()[start.operands[1].index()], before};
    Op sum = fold;
    sum.operands = {body.add(std::move(start)), terms.front()};
    const OpId result = body.add(std::move(sum));
    delays_.emplace_back(before, result);
    lanes_.back()[accumulation.fold.index()] = result;
  }

  /// The term, or what changes nothing where the lane is beyond the loop's end.
  OpId masked(BodyEditor& body, const Op& fold, OpId term, OpId first, std::int64_t lane) {
    const ScalarType type = nest_.op(term).type;  // of an integer perhaps narrower than the fold's
    OpId otherwise = first;
    if (has_neutral(fold.code)) {
      otherwise = body.add({.code = Opcode::constant, .type = type, .literal = neutral(fold.code, type)});
    }
    const OpId inside = body.add_guard({below(index_of(lane), trip_)});
    return body.add({.code = Opcode::select, .type = type, .operands = {inside, term, otherwise}});
  }

  /// What follows the folds is done once, in the last lane's place: its iteration is where results are complete.
  void copy_rest(BodyEditor& body) {
    by_[loop_] = index_of(factor_ - 1);
    Lane& now = lanes_.back();
    for (const auto id : id_range<OpId>(old_.size())) {
      const bool is_fold = std::ranges::any_of(found_.all, [&](const auto& a) { return id == a.fold; });
      if (!needs_folds_[id.index()] || is_fold) continue;
      Op op = old_[id.index()];
      for (auto& operand : op.operands) operand = now[operand.index()];
      substitute(op, by_);
      now[id.index()] = body.add(std::move(op));
    }
  }

  Nest& nest_;
  std::size_t loop_;  // as an iterator
  std::int64_t trip_;
  std::int64_t left_;  // iterations afterwards
  std::int64_t factor_;
  Lanes kind_;
  std::int64_t padding_ = 0;  // iterations beyond the end
  Accumulations found_;
  bool is_reduction_ = false;
  std::vector<bool> needs_folds_;
  std::vector<AffineExpr> by_;
  std::vector<Op> old_;
  std::vector<Lane> lanes_;                    // for each lane: what stands for each old operation
  std::vector<std::pair<OpId, OpId>> delays_;  // of the new body, with what they delay
};

}  // namespace

bool can_unroll(const Kernel& kernel, const Nest& nest, std::size_t loop) {
  const auto found = find_accumulations(kernel, nest);
  if (!found) return !has_delays(nest) && !updates_an_array(kernel, nest);
  if (loop < found->first_loop) return true;
  const auto needs = needs_folds(nest, *found);
  const auto bears_lanes = [&](OpId id) {
    const Op& op = nest.op(id);
    if (op.code != Opcode::store || is_at_the_end(kernel, nest, *found, op)) return true;
    return !needs[id.index()] && has_own_element(op, kernel.token_loops.size() + loop);
  };
  return std::ranges::all_of(id_range<OpId>(nest.body.size()), bears_lanes) &&
         std::ranges::all_of(found->all, [&](const Accumulation& accumulation) {
           const Op& fold = nest.op(accumulation.fold);
           return can_regroup(fold.code) && !needs[term_of(fold, accumulation).index()];
         });
}

void unroll(Kernel& kernel, std::size_t nest, std::size_t loop, std::int64_t factor, Lanes lanes) {
  factor = std::min(factor, kernel.nests.at(nest).loops.at(loop).trip);
  if (factor < 2) return;
  Unroller(kernel, kernel.nests.at(nest), loop, factor, lanes).run();
  if (kernel.nests[nest].loops[loop].trip == 1) remove_loop(kernel, kernel.nests[nest], loop);
}

}  // namespace sluice
