#include "frontend/loops/tile.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "frontend/loops/accumulation.hpp"
#include "frontend/loops/body_editor.hpp"
#include "frontend/loops/integer_ranges.hpp"
#include "frontend/loops/permute.hpp"

namespace sluice {
namespace {

/// The operation that is folded into the running result.
OpId term_of(const Nest& nest, const Accumulation& accumulation) {
  const auto& operands = nest.op(accumulation.fold).operands;
  return operands[0] == accumulation.start ? operands[1] : operands[0];
}

/// Whether a term depends on which iteration of the loop is the last, or on a running result.
bool terms_know_the_end(const Nest& nest, const Accumulations& found, const Condition& last) {
  std::vector<bool> knows(nest.body.size(), false);
  for (const auto id : id_range<OpId>(nest.body.size())) {
    const Op& op = nest.op(id);
    knows[id.index()] = op.code == Opcode::delay || std::ranges::find(op.conditions, last) != op.conditions.end();
    if (op.code == Opcode::delay) continue;
    for (const auto operand : op.operands) {
      if (knows[operand.index()]) knows[id.index()] = true;
    }
  }
  return std::ranges::any_of(found.all, [&](const auto& a) { return knows[term_of(nest, a).index()]; });
}

/// Whether there is a term that changes nothing.
bool can_mask(const Nest& nest, const Accumulation& accumulation) {
  const Op& fold = nest.op(accumulation.fold);
  const ScalarType term = nest.op(term_of(nest, accumulation)).type;
  if (!can_regroup(fold.code)) return false;
  return has_neutral(fold.code) || term == fold.type || range_of(fold.type).contains(range_of(term));
}

bool can_guard(const Kernel& kernel, const Nest& nest, std::size_t loop) {
  const auto has = [&](Opcode code) { return std::ranges::find(nest.body, code, &Op::code) != nest.body.end(); };
  if (has(Opcode::lookup)) return false;  // it has no predicate that could keep it from looking beyond the end
  if (!has(Opcode::delay)) return true;
  const auto found = find_accumulations(kernel, nest);
  if (!found) return false;
  if (loop < found->first_loop) return true;
  const Condition last = in_last(kernel.token_loops.size() + loop, nest.loops[loop].trip);
  return gives_results_at_the_end(kernel, nest, *found) && !terms_know_the_end(nest, *found, last) &&
         std::ranges::all_of(found->all, [&](const auto& a) { return can_mask(nest, a); });
}

/// Whether a running result that the loop reduces keeps it from being cut in two.
bool is_carried(const Kernel& kernel, const Nest& nest, std::size_t loop) {
  if (std::ranges::find(nest.body, Opcode::delay, &Op::code) == nest.body.end()) return false;
  const auto found = find_accumulations(kernel, nest);
  return !found || loop >= found->first_loop;
}

/// The loop before all others, which keep their order.
std::vector<std::size_t> first(std::size_t loop, std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::rotate(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(loop),
              order.begin() + static_cast<std::ptrdiff_t>(loop) + 1);
  return order;
}

class Tiler {
 public:
  Tiler(Kernel& kernel, Nest& nest, std::size_t loop, std::int64_t size)
      : nest_(nest), loop_(kernel.token_loops.size() + loop), trip_(nest.loops[loop].trip), size_(size) {
    const std::int64_t tiles = (trip_ + size - 1) / size;
    padding_ = tiles * size - trip_;
    if (auto found = find_accumulations(kernel, nest)) found_ = std::move(found);
    is_reduction_ = found_ && loop >= found_->first_loop;
    const std::size_t count = kernel.token_loops.size() + nest.loops.size();
    for (std::size_t i = 0; i < count; ++i) by_.push_back(AffineExpr::iterator(i <= loop_ ? i : i + 1));
    by_[loop_] = AffineExpr::iterator(loop_) * size + AffineExpr::iterator(loop_ + 1);
    Loop outer{nest.loops[loop].name + "_tile", tiles};
    nest.loops[loop].trip = size;
    nest.loops.insert(nest.loops.begin() + static_cast<std::ptrdiff_t>(loop), std::move(outer));
  }

  void run() {
    BodyEditor body(nest_);
    for (const auto id : id_range<OpId>(body.old_body().size())) rewrite(body, id);
    body.finish();
  }

 private:
  void rewrite(BodyEditor& body, OpId id) {
    Op op = body.old_body()[id.index()];
    const bool stores = op.code == Opcode::store;
    const bool guarded = padding_ > 0 && (stores ? !is_reduction_ : op.code == Opcode::load && moves_with(op, loop_));
    if (padding_ > 0 && is_reduction_) move_last(op, loop_, trip_, padding_);
    rewrite_conditions(op);
    for (auto& index : op.index) index = substitute(index, by_);
    std::optional<OpId> predicate;
    if (guarded) predicate = guard_access(body, op, stores ? 1 : 0);
    std::optional<std::pair<std::size_t, OpId>> masked;
    if (padding_ > 0 && is_reduction_) masked = masked_term(body, id);
    const OpId kept = body.keep(id, std::move(op));
    if (predicate) nest_.body[kept.index()].operands.push_back(*predicate);
    if (masked) nest_.body[kept.index()].operands[masked->first] = masked->second;
  }

  /// Takes the access's predicate out and returns one that holds only before the loop's end.
  OpId guard_access(BodyEditor& body, Op& access, std::size_t place) const {
    std::optional<OpId> also;
    if (access.operands.size() > place) {
      also = body.now(access.operands[place]);
      access.operands.pop_back();
    }
    return body.add_predicate(also, {below(by_[loop_], trip_)});
  }

  /// Of a fold: which operand is its term, and what it is where the loop is beyond its end.
  std::optional<std::pair<std::size_t, OpId>> masked_term(BodyEditor& body, OpId id) {
    const auto found = std::ranges::find(found_->all, id, &Accumulation::fold);
    if (found == found_->all.end()) return std::nullopt;
    const Op& fold = body.old_body()[id.index()];
    const std::size_t place = fold.operands[0] == found->start ? 1 : 0;
    OpId term = body.now(fold.operands[place]);
    if (!has_neutral(fold.code) && nest_.op(term).type != fold.type)
      term = body.add({.code = Opcode::convert, .type = fold.type, .operands = {term}});
    const ScalarType type = nest_.op(term).type;
    const OpId inside = body.add_guard({below(by_[loop_], trip_)});
    const OpId otherwise = body.add({.code = Opcode::constant, .type = type, .literal = neutral(fold.code, type)});
    const OpId value = body.add({.code = Opcode::select, .type = type, .operands = {inside, term, otherwise}});
    return std::pair(place, value);
  }

  /// That the loop is in one iteration is said of each of its two parts.
  void rewrite_conditions(Op& op) const {
    std::vector<Condition> split;
    for (auto& condition : op.conditions) {
      const std::int64_t at = -condition.expr.constant();
      const bool one = condition.kind == Condition::Kind::zero && condition.expr == AffineExpr::iterator(loop_) - at;
      if (one && at >= 0 && at < trip_ + padding_) {
        split.push_back({part(0, at / size_), Condition::Kind::zero});
        split.push_back({part(1, at % size_), Condition::Kind::zero});
      } else {
        split.push_back(in_lowest_terms({substitute(condition.expr, by_), condition.kind}));
      }
    }
    op.conditions = std::move(split);
  }

  [[nodiscard]] AffineExpr part(std::size_t which, std::int64_t at) const {
    return AffineExpr::iterator(loop_ + which) - at;
  }

  Nest& nest_;
  std::size_t loop_;  // as an iterator; of its two parts the outer
  std::int64_t trip_;
  std::int64_t size_;
  std::int64_t padding_ = 0;  // iterations beyond the end
  std::optional<Accumulations> found_;
  bool is_reduction_ = false;
  std::vector<AffineExpr> by_;  // for each old iterator
};

/// The nest's loop begins at `from` and has `trip` iterations.
void restrict_loop(const Kernel& kernel, Nest& nest, std::size_t loop, std::int64_t from, std::int64_t trip) {
  std::vector<AffineExpr> by;
  for (std::size_t i = 0; i < kernel.token_loops.size() + nest.loops.size(); ++i) by.push_back(AffineExpr::iterator(i));
  by[kernel.token_loops.size() + loop] += from;
  nest.loops[loop].trip = trip;
  for (auto& op : nest.body) substitute(op, by);
}

}  // namespace

Remainder cheaper_remainder(const Nest& nest, std::size_t loop, std::int64_t size, std::int64_t drain) {
  const std::int64_t trip = nest.loops.at(loop).trip;
  const std::int64_t padding = (trip + size - 1) / size * size - trip;
  return padding * (iteration_count(nest) / trip) > drain ? Remainder::peeled : Remainder::guarded;
}

bool can_tile(const Kernel& kernel, const Nest& nest, std::size_t loop, std::int64_t size, Remainder remainder) {
  const std::int64_t trip = nest.loops.at(loop).trip;
  if (size >= trip || trip % size == 0) return true;
  if (remainder == Remainder::guarded) return can_guard(kernel, nest, loop);
  return !is_carried(kernel, nest, loop) && can_permute(kernel, nest, first(loop, nest.loops.size()));
}

void tile(Kernel& kernel, std::size_t nest_index, std::size_t loop, std::int64_t size, Remainder remainder) {
  const std::int64_t trip = kernel.nests.at(nest_index).loops.at(loop).trip;
  if (size >= trip) return;
  if (remainder == Remainder::peeled && trip % size != 0) {
    Nest rest = kernel.nests[nest_index];
    rest.name += "_rest";
    restrict_loop(kernel, rest, loop, trip / size * size, trip % size);
    restrict_loop(kernel, kernel.nests[nest_index], loop, 0, trip / size * size);
    kernel.nests.insert(kernel.nests.begin() + static_cast<std::ptrdiff_t>(nest_index) + 1, std::move(rest));
  }
  Nest& nest = kernel.nests[nest_index];
  Tiler(kernel, nest, loop, size).run();
}

}  // namespace sluice
