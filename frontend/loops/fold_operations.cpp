#include "frontend/loops/fold_operations.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/kernel/evaluate.hpp"
#include "frontend/loops/body_editor.hpp"
#include "frontend/loops/identities.hpp"

namespace sluice {
namespace {

Op constant(ScalarType type, std::uint64_t literal) {
  return {.code = Opcode::constant, .type = type, .literal = literal};
}

class Folder {
 public:
  Folder(const Kernel& kernel, Nest& nest)
      : kernel_(kernel), nest_(nest), trips_(trip_counts(kernel, nest)), editor_(nest) {}

  std::size_t run() {
    for (const auto id : id_range<OpId>(editor_.old_body().size())) rewrite(id);
    editor_.finish();
    return changes_;
  }

 private:
  void rewrite(OpId id) {
    Op op = editor_.old_body()[id.index()];
    if (op.code == Opcode::delay) {
      editor_.keep(id, std::move(op));
      return;
    }
    for (auto& operand : op.operands) operand = editor_.now(operand);
    if (op.code != Opcode::store) {
      editor_.merge(id, place(std::move(op)));
    } else if (!fold_predicate(op, 1)) {
      editor_.add(std::move(op));
    }
  }

  /// The operation, or what it comes to, in the new body.
  OpId place(Op op) {
    while (auto simpler = simplify(op)) {
      if (auto* value = std::get_if<OpId>(&*simpler)) {
        // A delay could end up delaying itself.
        if (body()[value->index()].code == Opcode::delay) break;
        ++changes_;
        return *value;
      }
      ++changes_;
      op = std::get<Op>(std::move(*simpler));
    }
    if (op.code == Opcode::guard) return editor_.add_guard(std::move(op.conditions));
    return editor_.add(std::move(op));
  }

  std::optional<Simpler> simplify(Op& op) {
    switch (op.code) {
      case Opcode::constant:
        return std::nullopt;
      case Opcode::affine:
        if (op.index[0].iterator_count() > 0 || op.index.size() > 1) return std::nullopt;
        return constant(op.type, from_int64(op.type, op.index[0].constant()));
      case Opcode::guard:
        return simplify_guard(op);
      case Opcode::load:
      case Opcode::lookup:
        return simplify_read(op);
      default:
        break;
    }
    if (auto value = evaluated(op)) return value;
    if (op.code == Opcode::select || op.code == Opcode::convert || op.code == Opcode::bitcast)
      return simplify_choice(body(), op);
    const bool is_float = body()[op.operands[0].index()].type.is_float();
    return is_float ? simplify_float(body(), op) : simplify_integer(body(), op);
  }

  [[nodiscard]] std::optional<Simpler> evaluated(const Op& op) const {
    OperandBits operands;
    for (std::size_t i = 0; i < op.operands.size(); ++i) {
      const Op& operand = body()[op.operands[i].index()];
      if (operand.code != Opcode::constant) return std::nullopt;
      operands.type[i] = operand.type;
      operands.bits[i] = operand.literal;
    }
    return constant(op.type, evaluate(op.code, op.type, op.rounding, operands));
  }

  enum class Truth : std::uint8_t { open, always, never };

  [[nodiscard]] Truth truth(const Condition& condition) const {
    const auto [low, high] = condition.expr.range(trips_);
    if (condition.kind == Condition::Kind::nonnegative)
      return low >= 0 ? Truth::always : high < 0 ? Truth::never : Truth::open;
    if (low == 0 && high == 0) return Truth::always;
    return low > 0 || high < 0 ? Truth::never : Truth::open;
  }

  std::optional<Simpler> simplify_guard(Op& guard) {
    auto& conditions = guard.conditions;
    const auto is = [&](Truth wanted) { return [&, wanted](const Condition& c) { return truth(c) == wanted; }; };
    if (std::ranges::any_of(conditions, is(Truth::never))) return constant(guard.type, 0);
    changes_ += std::erase_if(conditions, is(Truth::always));
    std::vector<Condition> distinct;
    for (auto& condition : conditions) {
      if (std::ranges::find(distinct, condition) == distinct.end()) distinct.push_back(std::move(condition));
    }
    conditions = std::move(distinct);
    return std::nullopt;
  }

  /// Takes out a predicate that always holds. Whether it never does.
  bool fold_predicate(Op& access, std::size_t place) {
    if (access.operands.size() <= place) return false;
    const Op& predicate = body()[access.operands[place].index()];
    const bool always = predicate.code == Opcode::guard && predicate.conditions.empty();
    const bool known = always || predicate.code == Opcode::constant;
    if (!known) return false;
    ++changes_;
    if (!always && predicate.literal == 0) return true;
    access.operands.pop_back();
    return false;
  }

  std::optional<Simpler> simplify_read(Op& read) {
    if (read.code == Opcode::load && fold_predicate(read, 0)) return constant(read.type, 0);
    const Array& array = kernel_.array(read.array);
    if (!array.contents) return std::nullopt;
    std::int64_t element = 0;
    if (read.code == Opcode::lookup) {
      const Op& index = body()[read.operands[0].index()];
      if (index.code != Opcode::constant) return std::nullopt;
      element = to_int64(index.type, index.literal);
    } else {
      const AffineExpr address = linear_address(array, read.index);
      if (address.iterator_count() > 0) return std::nullopt;
      element = address.constant();
    }
    if (element < 0 || element >= static_cast<std::int64_t>(array.contents->size())) return std::nullopt;
    return constant(read.type, (*array.contents)[static_cast<std::size_t>(element)]);
  }

  [[nodiscard]] const std::vector<Op>& body() const { return nest_.body; }

  const Kernel& kernel_;
  Nest& nest_;
  std::vector<std::int64_t> trips_;
  BodyEditor editor_;
  std::size_t changes_ = 0;
};

}  // namespace

std::size_t fold_operations(Kernel& kernel) {
  std::size_t changes = 0;
  for (auto& nest : kernel.nests) changes += Folder(kernel, nest).run();
  return changes;
}

std::size_t remove_unit_loops(Kernel& kernel) {
  std::size_t removed = 0;
  const std::size_t token_loops = kernel.token_loops.size();
  for (auto& nest : kernel.nests) {
    std::vector<AffineExpr> by;
    for (std::size_t i = 0; i < token_loops; ++i) by.push_back(AffineExpr::iterator(i));
    std::size_t kept = token_loops;
    for (const auto& loop : nest.loops) by.push_back(loop.trip == 1 ? AffineExpr(0) : AffineExpr::iterator(kept++));
    const std::size_t gone = std::erase_if(nest.loops, [](const Loop& loop) { return loop.trip == 1; });
    if (gone == 0) continue;
    removed += gone;
    for (auto& op : nest.body) substitute(op, by);
  }
  return removed;
}

}  // namespace sluice
