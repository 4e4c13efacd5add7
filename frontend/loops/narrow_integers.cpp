#include "frontend/loops/narrow_integers.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/dfg/unit_spec.hpp"
#include "frontend/loops/body_editor.hpp"
#include "frontend/loops/integer_ranges.hpp"

namespace sluice {
namespace {

/// A type that has all values of both; of 64 bits one that has them modulo 2^64, which is enough for products.
ScalarType join(ScalarType a, ScalarType b) {
  if (a.is_signed() == b.is_signed()) return a.width() > b.width() ? a : b;
  const auto signed_width = [](ScalarType type) { return type.width() + (type.is_signed() ? 0 : 1); };
  return ScalarType::signed_integer(std::min(64, std::max(signed_width(a), signed_width(b))));
}

bool is_integer_convert(const std::vector<Op>& body, const Op& op) {
  return op.code == Opcode::convert && op.type.is_integer() && body[op.operands[0].index()].type.is_integer();
}

/// Types of a multiplier.
struct ProductTypes {
  ScalarType operands[2];
  ScalarType result;
};

/// By the unit that products needed before: the one that they all need now.
using Multipliers = std::map<std::string, ProductTypes>;

bool is_product(const Op& op) { return op.code == Opcode::multiply && op.type.is_integer(); }

/// What each value of a nest's body can be, and is to be.
class Types {
 public:
  Types(const Kernel& kernel, const Nest& nest)
      : nest_(nest), ranges_(integer_ranges(kernel, nest)), group_(nest.body.size()), types_(nest.body.size()) {
    std::iota(group_.begin(), group_.end(), std::size_t{0});
    delayed_.resize(nest.body.size(), false);
    for (const auto& op : nest.body) {
      if (op.code == Opcode::delay) delayed_[op.operands[0].index()] = true;
    }
    for (const auto id : id_range<OpId>(nest.body.size())) group_with_operands(id);
  }

  [[nodiscard]] const Nest& nest() const { return nest_; }
  [[nodiscard]] const IntegerRange& range(OpId id) const { return ranges_[id.index()]; }
  [[nodiscard]] ScalarType type(OpId id) const { return types_[id.index()]; }
  [[nodiscard]] bool is_delayed(OpId id) const { return delayed_[id.index()]; }

  /// The operand itself, or what it widens: a value with the same range, of the fewest bits.
  [[nodiscard]] OpId source(OpId operand) const {
    while (is_integer_convert(nest_.body, nest_.op(operand))) {
      const OpId inner = nest_.op(operand).operands[0];
      if (!range_of(nest_.op(operand).type).contains(range(inner))) break;
      operand = inner;
    }
    return operand;
  }

  /// The type in which a unit takes the operand.
  [[nodiscard]] ScalarType operand_type(OpId operand) const {
    return narrowest(nest_.op(operand).type, range(operand));
  }

  /// Widens the multipliers so that this nest's products fit.
  void join_products(Multipliers& multipliers) const {
    for (const auto id : id_range<OpId>(nest_.body.size())) {
      const Op& op = nest_.op(id);
      if (!is_product(op)) continue;
      const ProductTypes needed{{operand_type(source(op.operands[0])), operand_type(source(op.operands[1]))},
                                is_delayed(id) ? op.type : narrowest(op.type, range(id))};
      const auto [place, is_new] = multipliers.try_emplace(to_string(unit_spec(nest_, op)), needed);
      if (is_new) continue;
      ProductTypes& all = place->second;
      for (int i = 0; i < 2; ++i) all.operands[i] = join(all.operands[i], needed.operands[i]);
      all.result = join(all.result, needed.result);
    }
  }

  void choose(const Multipliers& multipliers) {
    std::vector<std::optional<IntegerRange>> of_group(nest_.body.size());
    std::vector<bool> is_fixed(nest_.body.size(), false);
    for (const auto id : id_range<OpId>(nest_.body.size())) {
      if (!nest_.op(id).type.is_integer() || nest_.op(id).code == Opcode::store) continue;
      auto& all = of_group[find(id.index())];
      all = all ? IntegerRange{std::min(all->low, range(id).low), std::max(all->high, range(id).high)} : range(id);
      if (!can_change(id)) is_fixed[find(id.index())] = true;
    }
    for (const auto id : id_range<OpId>(nest_.body.size())) {
      const Op& op = nest_.op(id);
      const auto& all = of_group[find(id.index())];
      const bool narrows = op.type.is_integer() && op.code != Opcode::store && !is_fixed[find(id.index())];
      types_[id.index()] = narrows ? narrowest(op.type, *all) : op.type;
      if (is_product(op) && !is_delayed(id))
        types_[id.index()] = multipliers.at(to_string(unit_spec(nest_, op))).result;
    }
  }

 private:
  /// Whether the operation can give its result in another width.
  [[nodiscard]] bool can_change(OpId id) const {
    const Op& op = nest_.op(id);
    switch (op.code) {
      case Opcode::guard:
      case Opcode::load:
      case Opcode::lookup:
      case Opcode::less:
      case Opcode::less_equal:
      case Opcode::equal:
      case Opcode::bitcast:
      case Opcode::multiply:
        return false;
      case Opcode::convert:
        return is_integer_convert(nest_.body, op);
      default:
        return true;
    }
  }

  /// Selections have their operands' type, which a conversion can give; delays too, which none can.
  void group_with_operands(OpId id) {
    const Op& op = nest_.op(id);
    if (!op.type.is_integer()) return;
    if (op.code == Opcode::delay) unite(id.index(), op.operands[0].index());
    if (op.code != Opcode::select) return;
    for (const auto arm : {op.operands[1], op.operands[2]}) {
      if (nest_.op(arm).code == Opcode::delay) unite(id.index(), arm.index());
    }
  }

  std::size_t find(std::size_t i) const {
    while (group_[i] != i) i = group_[i];
    return i;
  }

  void unite(std::size_t a, std::size_t b) {
    a = find(a);
    b = find(b);
    group_[std::max(a, b)] = std::min(a, b);
  }

  Nest nest_;  // as it was
  std::vector<IntegerRange> ranges_;
  std::vector<std::size_t> group_;
  std::vector<ScalarType> types_;
  std::vector<bool> delayed_;
};

class Narrower {
 public:
  Narrower(Nest& nest, const Types& types, const Multipliers& multipliers)
      : nest_(nest), old_(types.nest()), types_(types), multipliers_(multipliers), editor_(nest) {}

  std::size_t run() {
    for (const auto id : id_range<OpId>(old_.body.size())) rewrite(id);
    editor_.finish();
    return changes_;
  }

 private:
  void rewrite(OpId id) {
    Op op = old_.op(id);
    if (!op.type.is_integer() && op.code != Opcode::convert && op.code != Opcode::bitcast) {
      editor_.keep(id, std::move(op));
      return;
    }
    if (op.code == Opcode::delay) {
      set_type(op, types_.type(id));
      editor_.keep(id, std::move(op));
      return;
    }
    if (const auto value = known_value(id)) {
      ++changes_;
      editor_.merge(id, editor_.add(*value));
      return;
    }
    take_operands(id, op);
    if (op.code == Opcode::store) {
      editor_.add(std::move(op));
      return;
    }
    set_type(op, types_.type(id));
    if (op.code == Opcode::constant) op.literal &= low_bits(op.type.width());
    editor_.merge(id, place(std::move(op)));
  }

  OpId place(Op op) {
    if (op.code == Opcode::guard) return editor_.add_guard(std::move(op.conditions));
    const bool changes_nothing = is_integer_convert(nest_.body, op) && nest_.op(op.operands[0]).type == op.type;
    return changes_nothing ? op.operands[0] : editor_.add(std::move(op));
  }

  void set_type(Op& op, ScalarType type) {
    if (op.type == type) return;
    op.type = type;
    ++changes_;
  }

  /// An operation that always gives one value; delays have the type of what they delay.
  [[nodiscard]] std::optional<Op> known_value(OpId id) const {
    const Op& op = old_.op(id);
    const bool computes = op.code != Opcode::constant && op.code != Opcode::guard && op.code != Opcode::store;
    if (!op.type.is_integer() || !computes || types_.range(id).low != types_.range(id).high) return std::nullopt;
    const auto bits = static_cast<std::uint64_t>(types_.range(id).low);
    const ScalarType type = types_.type(id);
    return Op{.code = Opcode::constant, .type = type, .literal = bits & low_bits(type.width()), .name = op.name};
  }

  /// The operands in the new body, in the types in which the operation takes them.
  void take_operands(OpId id, Op& op) {
    const Op& before = old_.op(id);
    for (std::size_t i = 0; i < op.operands.size(); ++i) {
      const OpId operand = before.operands[i];
      const ScalarType type = old_.op(operand).type;
      if (!type.is_integer() || type == ScalarType::boolean()) {
        op.operands[i] = editor_.now(operand);
      } else if (op.code == Opcode::store || op.code == Opcode::bitcast) {
        op.operands[i] = converted(operand, type);
      } else if (op.code == Opcode::select) {
        op.operands[i] = converted(types_.source(operand), types_.type(id));
      } else {
        op.operands[i] = taken(before, i);
      }
    }
  }

  /// The operand of a unit or of gates, by its value.
  OpId taken(const Op& op, std::size_t i) {
    const bool is_amount = i == 1 && (op.code == Opcode::shift_left || op.code == Opcode::shift_right);
    const OpId source = is_amount ? op.operands[i] : types_.source(op.operands[i]);
    if (is_product(op)) return converted(source, multipliers_.at(to_string(unit_spec(old_, op))).operands[i]);
    if (realization(old_, op) != Realization::unit) return editor_.now(source);
    return converted(source, types_.operand_type(source));
  }

  OpId converted(OpId operand, ScalarType type) {
    const OpId now = editor_.now(operand);
    const Op& op = nest_.op(now);
    if (op.type == type) return now;
    const auto [place, is_new] = conversions_.try_emplace({now, type.width() * 2 + (type.is_signed() ? 1 : 0)});
    if (!is_new) return place->second;
    Op conversion{.code = Opcode::convert, .type = type, .operands = {now}};
    if (op.code == Opcode::constant) {
      conversion = {.code = Opcode::constant, .type = type, .literal = from_int64(type, to_int64(op.type, op.literal))};
    }
    return place->second = editor_.add(std::move(conversion));
  }

  Nest& nest_;
  const Nest& old_;
  const Types& types_;
  const Multipliers& multipliers_;
  BodyEditor editor_;
  std::map<std::pair<OpId, int>, OpId> conversions_;
  std::size_t changes_ = 0;
};

}  // namespace

std::size_t narrow_integers(Kernel& kernel) {
  std::vector<Types> types;
  Multipliers multipliers;
  for (const auto& nest : kernel.nests) {
    types.emplace_back(kernel, nest);
    types.back().join_products(multipliers);
  }
  std::size_t changes = 0;
  for (std::size_t i = 0; i < types.size(); ++i) {
    types[i].choose(multipliers);
    changes += Narrower(kernel.nests[i], types[i], multipliers).run();
  }
  return changes;
}

}  // namespace sluice
