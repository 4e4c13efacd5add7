#include "frontend/loops/reuse_loads.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/kernel/bounds.hpp"
#include "frontend/loops/body_editor.hpp"
#include "frontend/loops/op_key.hpp"

namespace sluice {
namespace {

/// An earlier load of the same element.
struct Source {
  OpId load;
  std::int64_t distance = 0;  ///< iterations of the innermost loop
  bool always = false;        ///< whenever the later load takes place, the earlier one did
};

/// All conditions under which the predicate is 1; none if there are others than affine ones.
std::optional<std::vector<Condition>> exact_conditions(const Nest& nest, const Op& load) {
  if (load.operands.empty()) return std::vector<Condition>();
  std::vector<OpId> open{load.operands[0]};
  std::vector<Condition> conditions;
  while (!open.empty()) {
    const Op& op = nest.op(open.back());
    open.pop_back();
    if (op.code == Opcode::bit_and) {
      open.insert(open.end(), op.operands.begin(), op.operands.end());
    } else if (op.code == Opcode::guard) {
      conditions.insert(conditions.end(), op.conditions.begin(), op.conditions.end());
    } else {
      return std::nullopt;
    }
  }
  return conditions;
}

class LoadReuse {
 public:
  LoadReuse(const Kernel& kernel, Nest& nest, const ReuseOptions& options)
      : nest_(nest),
        old_(nest),
        options_(options),
        trips_(trip_counts(kernel, nest)),
        innermost_(trips_.size() - 1),
        iterator_(AffineExpr::iterator(innermost_)) {
    for (const auto& op : old_.body) {
      if (op.code == Opcode::store) stored_.insert(op.array);
    }
    for (const auto id : id_range<OpId>(old_.body.size())) {
      if (is_candidate(old_.op(id))) loads_.try_emplace(place_of(old_.op(id), 0), id);
    }
  }

  ReuseStats run() {
    BodyEditor editor(nest_);
    for (const auto id : id_range<OpId>(old_.body.size())) {
      const auto source = is_candidate(old_.op(id)) ? source_of(id) : std::nullopt;
      if (source) {
        reuse(editor, id, *source);
      } else {
        editor.keep(id, old_.op(id));
      }
    }
    editor.finish();
    for (const auto& [delay, load] : delays_) nest_.body[delay.index()].operands = {editor.now(load)};
    return stats_;
  }

 private:
  [[nodiscard]] bool is_candidate(const Op& op) const {
    return op.code == Opcode::load && !stored_.contains(op.array) && moves_with(op, innermost_);
  }

  /// Where the load reads, `later` iterations of the innermost loop from now, whether it is guarded or not.
  [[nodiscard]] OpKey place_of(const Op& load, std::int64_t later) const {
    Op place{.code = Opcode::load, .array = load.array, .index = load.index};
    for (auto& index : place.index) index += index.coefficient(innermost_) * later;
    return key_of(place, {});
  }

  /// The nearest earlier load. The element that is read now was read `distance` iterations ago by what reads, now, the
  /// element of `distance` iterations later.
  [[nodiscard]] std::optional<Source> source_of(OpId id) const {
    const Op& load = old_.op(id);
    const std::int64_t most = std::min(options_.most_distance, trips_[innermost_] - 1);
    for (std::int64_t distance = 1; distance <= most; ++distance) {
      const auto found = loads_.find(place_of(load, distance));
      if (found == loads_.end() || !was_read(load, old_.op(found->second), distance)) continue;
      const bool always = !first_iterations(load, distance);
      if (!always && !options_.keep_first_loads) continue;
      return Source{found->second, distance, always};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::vector<Condition> known_conditions(const Op& load) const {
    return load.operands.empty() ? std::vector<Condition>() : implied_conditions(old_, load.operands[0]);
  }

  /// Whether the later load takes place in any of the innermost loop's first iterations.
  [[nodiscard]] bool first_iterations(const Op& load, std::int64_t distance) const {
    auto conditions = known_conditions(load);
    conditions.push_back({AffineExpr(distance - 1) - iterator_, Condition::Kind::nonnegative});
    const auto range = range_under(iterator_, trips_, conditions);
    return range.low <= range.high;
  }

  /// Whether the earlier load took place where the later one does, from the iteration `distance` on.
  [[nodiscard]] bool was_read(const Op& later, const Op& earlier, std::int64_t distance) const {
    const auto needed = exact_conditions(old_, earlier);
    if (!needed) return false;
    auto known = known_conditions(later);
    known.push_back({iterator_ - distance, Condition::Kind::nonnegative});
    return std::ranges::all_of(*needed, [&](const Condition& condition) {
      const AffineExpr expr = condition.expr - condition.expr.coefficient(innermost_) * distance;
      const auto range = range_under(expr, trips_, known);
      if (range.low > range.high) return true;
      return condition.kind == Condition::Kind::nonnegative ? range.low >= 0 : range.low == 0 && range.high == 0;
    });
  }

  void reuse(BodyEditor& editor, OpId id, const Source& source) {
    Op load = old_.op(id);
    const OpId delay =
        editor.add({.code = Opcode::delay, .type = load.type, .distance = source.distance, .name = load.name});
    delays_.emplace_back(delay, source.load);
    if (source.always) {
      ++stats_.gone;
      editor.merge(id, delay);
      return;
    }
    ++stats_.guarded;
    const ScalarType type = load.type;
    const auto also = load.operands.empty() ? std::nullopt : std::optional(editor.now(load.operands[0]));
    load.operands = {
        editor.add_predicate(also, {{AffineExpr(source.distance - 1) - iterator_, Condition::Kind::nonnegative}})};
    const OpId first = editor.add(std::move(load));
    const OpId late = editor.add_guard({{iterator_ - source.distance, Condition::Kind::nonnegative}});
    editor.merge(id, editor.add({.code = Opcode::select, .type = type, .operands = {late, delay, first}}));
  }

  Nest& nest_;
  const Nest old_;
  const ReuseOptions options_;
  std::vector<std::int64_t> trips_;
  std::size_t innermost_;  // iterator
  AffineExpr iterator_;
  std::set<ArrayId> stored_;
  ValueTable loads_;                           // by where they read
  std::vector<std::pair<OpId, OpId>> delays_;  // of the new body, and the load of the old one
  ReuseStats stats_;
};

}  // namespace

ReuseStats reuse_loads(const Kernel& kernel, Nest& nest, const ReuseOptions& options) {
  if (nest.loops.empty()) return {};
  return LoadReuse(kernel, nest, options).run();
}

}  // namespace sluice
