#include <algorithm>
#include <utility>

#include "frontend/loops/accumulation.hpp"
#include "frontend/loops/body_editor.hpp"
#include "frontend/loops/rotation.hpp"

namespace sluice {
namespace {

class Rotator {
 public:
  Rotator(Kernel& kernel, Nest& nest, const Accumulations& found, const Rotation& rotation)
      : nest_(nest), token_loops_(kernel.token_loops.size()), found_(found), rotation_(rotation), by_(token_loops_) {
    for (std::size_t i = 0; i < token_loops_; ++i) by_[i] = AffineExpr::iterator(i);
    rewrite_loops();
  }

  void run() {
    BodyEditor body(nest_);
    for (const auto id : id_range<OpId>(body.old_body().size())) rewrite(body, id);
    body.finish();
  }

 private:
  [[nodiscard]] AffineExpr add_loop(std::string name, std::int64_t trip) {
    if (trip == 1) return 0;
    nest_.loops.push_back({std::move(name), trip});
    return AffineExpr::iterator(token_loops_ + nest_.loops.size() - 1);
  }

  /// The new loops, and for every old iterator the expression of new ones that it becomes.
  void rewrite_loops() {
    const std::vector<Loop> old = std::exchange(nest_.loops, {});
    const std::size_t parallel = found_.first_loop;
    std::vector<AffineExpr> outer(old.size());
    const auto part = [&](std::size_t i) {
      return i < parallel ? rotation_.tiles[i] : splits(i) ? rotation_.lanes : 1;
    };
    for (std::size_t i = 0; i < old.size(); ++i) {
      const std::int64_t tiles = (old[i].trip + part(i) - 1) / part(i);
      outer[i] = add_loop(part(i) == 1 ? old[i].name : old[i].name + "_tile", tiles) * part(i);
      padding_.push_back(tiles * part(i) - old[i].trip);
    }
    lane_ = add_loop("lane", rotation_.lanes);
    for (std::size_t i = 0; i < parallel; ++i) outer[i] += add_loop(old[i].name, part(i));
    if (rotation_.lanes > 1) outer[rotation_.split_loop] += lane_;
    for (std::size_t i = 0; i < old.size(); ++i) {
      by_.push_back(outer[i]);
      if (padding_[i] > 0) inside_.push_back({i, below(outer[i], old[i].trip)});
    }
    if (rotation_.lanes > 1) {
      split_ = AffineExpr::iterator(token_loops_ + rotation_.split_loop);
      split_trip_ = old[rotation_.split_loop].trip;
    }
  }

  [[nodiscard]] bool splits(std::size_t loop) const { return rotation_.lanes > 1 && loop == rotation_.split_loop; }

  void rewrite(BodyEditor& body, OpId id) {
    Op op = body.old_body()[id.index()];
    if (op.code == Opcode::guard && rotation_.lanes > 1)
      move_last(op, token_loops_ + rotation_.split_loop, split_trip_, padding_[rotation_.split_loop]);
    if (op.code == Opcode::load || op.code == Opcode::store) return rewrite_access(body, id, std::move(op));
    substitute(op, by_);
    for (const auto& accumulation : found_.all) {
      if (id == accumulation.before) op.distance = rotation_.distance;
      if (rotation_.lanes == 1) continue;
      if (id == accumulation.start) return start_lanes(body, accumulation, std::move(op));
      if (id == accumulation.fold) return fold_lanes(body, accumulation, std::move(op));
    }
    body.keep(id, std::move(op));
  }

  /// Beyond the end of a loop nothing is stored, and nothing loaded whose index goes with the loop. The split loop's
  /// last iteration, in which results are stored, may itself be beyond the end.
  void rewrite_access(BodyEditor& body, OpId id, Op op) {
    const bool stores = op.code == Opcode::store;
    const std::size_t predicate = stores ? 1 : 0;
    std::vector<Condition> conditions;
    for (const auto& [loop, condition] : inside_) {
      if (stores ? !splits(loop) : moves_with(op, token_loops_ + loop)) conditions.push_back(condition);
    }
    substitute(op, by_);
    if (conditions.empty()) {
      body.keep(id, std::move(op));
      return;
    }
    std::optional<OpId> also;
    if (op.operands.size() > predicate) {
      also = body.now(op.operands[predicate]);
      op.operands.pop_back();
    }
    const OpId kept_at = body.add_predicate(also, std::move(conditions));
    const OpId kept = body.keep(id, std::move(op));
    nest_.body[kept.index()].operands.push_back(kept_at);
  }

  /// Every lane starts in its own first iteration; only the first takes the initial value, unless the fold may take it
  /// many times.
  void start_lanes(BodyEditor& body, const Accumulation& accumulation, Op start) {
    std::vector<Condition> first;
    for (auto condition : body.old_body()[start.operands[0].index()].conditions) {
      condition.expr = condition.expr == split_ ? substitute(split_, by_) - lane_ : substitute(condition.expr, by_);
      if (condition.expr != AffineExpr(0)) first.push_back(std::move(condition));
    }
    const Opcode code = body.old_body()[accumulation.fold.index()].code;
    OpId initial = body.now(start.operands[1]);
    if (has_neutral(code)) {
      const OpId first_lane = body.add_guard({{lane_, Condition::Kind::zero}});
      initial = body.add({.code = Opcode::select,
                          .type = start.type,
                          .operands = {first_lane, initial, add_neutral(body, code, start.type)}});
    }
    const OpId before = body.now(start.operands[2]);
    const OpId guard = body.add_guard(std::move(first));
    const OpId kept = body.keep(accumulation.start, std::move(start));
    nest_.body[kept.index()].operands = {guard, initial, before};
  }

  OpId add_neutral(BodyEditor& body, Opcode code, ScalarType type) {
    return body.add({.code = Opcode::constant, .type = type, .literal = neutral(code, type)});
  }

  /// Folds the terms that there are, then the lanes: each step adds what is as many lanes behind as were added before.
  void fold_lanes(BodyEditor& body, const Accumulation& accumulation, Op fold) {
    const OpId start = body.now(accumulation.start);
    const Opcode code = fold.code;
    const ScalarType type = fold.type;
    const std::size_t term = fold.operands[0] == accumulation.start ? 1 : 0;
    std::optional<OpId> padded_term;
    if (padding_[rotation_.split_loop] > 0) {
      const OpId guard = body.add_guard({below(substitute(split_, by_), split_trip_)});
      OpId value = body.now(fold.operands[term]);
      if (!has_neutral(code) && nest_.op(value).type != type)
        value = body.add({.code = Opcode::convert, .type = type, .operands = {value}});
      const ScalarType term_type = nest_.op(value).type;
      const OpId otherwise = has_neutral(code) ? add_neutral(body, code, term_type) : start;
      padded_term = body.add({.code = Opcode::select, .type = term_type, .operands = {guard, value, otherwise}});
    }
    OpId sum = body.keep(accumulation.fold, std::move(fold));
    if (padded_term) nest_.body[sum.index()].operands[term] = *padded_term;
    const std::int64_t results = rotation_.distance / rotation_.lanes;
    for (std::int64_t lanes = 1; lanes < rotation_.lanes; lanes *= 2) {
      const OpId behind =
          body.add({.code = Opcode::delay, .type = type, .operands = {sum}, .distance = lanes * results});
      sum = body.add({.code = code, .type = type, .operands = {sum, behind}});
    }
    body.replace(accumulation.fold, sum);
  }

  Nest& nest_;
  std::size_t token_loops_;
  const Accumulations& found_;
  const Rotation& rotation_;
  std::vector<AffineExpr> by_;                             // for each old iterator
  std::vector<std::int64_t> padding_;                      // for each old loop: iterations beyond its end
  std::vector<std::pair<std::size_t, Condition>> inside_;  // old loops that got padding, and: not beyond their end
  AffineExpr lane_;
  AffineExpr split_;  // the old iterator
  std::int64_t split_trip_ = 0;
};

/// A split gives a result in the last iteration only.
bool can_split(const Kernel& kernel, const Nest& nest, const Accumulations& found) {
  return gives_results_at_the_end(kernel, nest, found) &&
         std::ranges::all_of(
             found.all, [&](const Accumulation& accumulation) { return can_regroup(nest.op(accumulation.fold).code); });
}

/// A lookup has no predicate that could keep it from looking beyond the end.
bool has_lookups(const Nest& nest) {
  return std::ranges::any_of(nest.body, [](const Op& op) { return op.code == Opcode::lookup; });
}

}  // namespace

std::optional<Rotation> rotate_accumulations(Kernel& kernel, std::size_t nest_index, const RotationOptions& options) {
  Nest& nest = kernel.nests.at(nest_index);
  const auto found = find_accumulations(kernel, nest);
  if (!found) return std::nullopt;
  std::vector<std::int64_t> parallel;
  std::vector<std::int64_t> reduction;
  for (std::size_t i = 0; i < nest.loops.size(); ++i) {
    (i < found->first_loop ? parallel : reduction).push_back(nest.loops[i].trip);
  }
  RotationOptions possible = options;
  possible.split_reductions = options.split_reductions && can_split(kernel, nest, *found);
  const auto rotation = choose_rotation(parallel, reduction, possible);
  if (!rotation || rotation->distance < 2) return std::nullopt;
  if (rotation->iterations != iteration_count(nest) && has_lookups(nest)) return std::nullopt;
  Rotator(kernel, nest, *found, *rotation).run();
  return rotation;
}

}  // namespace sluice
