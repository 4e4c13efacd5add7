#include <fmt/format.h>

#include <functional>
#include <set>

#include "core/kernel/bounds.hpp"
#include "core/kernel/kernel.hpp"

namespace sluice {
namespace {

/// How many operands an operation takes, and rules on their types.
struct Rule {
  std::size_t least;
  std::size_t most;
  std::function<bool(const Op&, const std::vector<ScalarType>&)> types;
  const char* said;  // the rule in words
};

bool is_boolean(ScalarType type) { return type == ScalarType::boolean(); }

bool same_float_or_integers(const Op& op, const std::vector<ScalarType>& operands) {
  for (const auto& operand : operands) {
    if (operand.is_float() != op.type.is_float() || (operand.is_float() && operand != op.type)) return false;
  }
  return true;
}

const Rule& rule_of(Opcode code) {
  using Types = const std::vector<ScalarType>&;
  static const Rule integer_source{0, 0, [](const Op& op, Types) { return op.type.is_integer(); }, "gives an integer"};
  static const Rule boolean_source{0, 0, [](const Op& op, Types) { return is_boolean(op.type); }, "gives u1"};
  static const Rule any_source{0, 0, [](const Op&, Types) { return true; }, ""};
  static const Rule delay{1, 1, [](const Op& op, Types t) { return t[0] == op.type; }, "has its operand's type"};
  static const Rule load{0, 1, [](const Op&, Types t) { return t.empty() || is_boolean(t[0]); }, "has a u1 predicate"};
  static const Rule lookup{1, 2, [](const Op&, Types t) { return t[0].is_integer() && (t.size() < 2 || is_boolean(t[1])); },
                           "has an integer index and a u1 predicate"};
  static const Rule store{1, 2, [](const Op& op, Types t) { return t[0] == op.type && (t.size() < 2 || is_boolean(t[1])); },
                          "has its value's type and a u1 predicate"};
  static const Rule select{3, 3, [](const Op& op, Types t) { return is_boolean(t[0]) && t[1] == op.type && t[2] == op.type; },
                           "chooses by u1 between values of its own type"};
  static const Rule unary{1, 1, same_float_or_integers, "has an operand of its own kind"};
  static const Rule binary{2, 2, same_float_or_integers, "has operands of its own kind"};
  static const Rule compare{2, 2, [](const Op& op, Types t) {
    return is_boolean(op.type) && t[0].is_float() == t[1].is_float() && (!t[0].is_float() || t[0] == t[1]);
  }, "gives u1 from two operands of one kind"};
  static const Rule float_unary{1, 1, [](const Op& op, Types t) { return op.type.is_float() && t[0] == op.type; }, "is on one float format"};
  static const Rule float_binary{2, 2, [](const Op& op, Types t) { return op.type.is_float() && t[0] == op.type && t[1] == op.type; },
                                 "is on one float format"};
  static const Rule integer_unary{1, 1, [](const Op& op, Types t) { return op.type.is_integer() && t[0].is_integer(); }, "is on integers"};
  static const Rule integer_binary{2, 2, [](const Op& op, Types t) {
    return op.type.is_integer() && t[0].is_integer() && t[1].is_integer();
  }, "is on integers"};
  static const Rule shift{2, 2, [](const Op& op, Types t) {
    return op.type.is_integer() && t[0].is_integer() && t[1].is_integer() && !t[1].is_signed();
  }, "shifts an integer by an unsigned integer"};
  static const Rule convert{1, 1, [](const Op&, Types) { return true; }, ""};
  static const Rule bitcast{1, 1, [](const Op& op, Types t) { return op.type.width() == t[0].width(); }, "keeps the width"};
  switch (code) {
    case Opcode::constant: return any_source;
    case Opcode::affine: return integer_source;
    case Opcode::guard: return boolean_source;
    case Opcode::delay: return delay;
    case Opcode::load: return load;
    case Opcode::lookup: return lookup;
    case Opcode::store: return store;
    case Opcode::select: return select;
    case Opcode::add: case Opcode::subtract: case Opcode::multiply: case Opcode::minimum: case Opcode::maximum: return binary;
    case Opcode::negate: case Opcode::absolute: return unary;
    case Opcode::less: case Opcode::less_equal: case Opcode::equal: return compare;
    case Opcode::divide: return float_binary;
    case Opcode::square_root: return float_unary;
    case Opcode::bit_and: case Opcode::bit_or: case Opcode::bit_xor: return integer_binary;
    case Opcode::bit_not: return integer_unary;
    case Opcode::shift_left: case Opcode::shift_right: return shift;
    case Opcode::convert: return convert;
    case Opcode::bitcast: return bitcast;
  }
  return any_source;
}

class Verifier {
 public:
  explicit Verifier(const Kernel& kernel) : kernel_(kernel) {}

  Diagnostics run() {
    for (const auto& loop : kernel_.token_loops) check_loop(loop, kernel_.name);
    std::set<std::string> names;
    for (const auto& array : kernel_.arrays) check_array(array, names);
    for (const auto& nest : kernel_.nests) {
      for (const auto& loop : nest.loops) check_loop(loop, kernel_.name + ", nest " + nest.name);
      for (std::size_t i = 0; i < nest.body.size(); ++i) check_op(nest, i);
    }
    return std::move(diagnostics_);
  }

 private:
  void say(std::string where, std::string what) { diagnostics_.push_back({std::move(where), std::move(what), ""}); }

  void check_loop(const Loop& loop, const std::string& where) {
    if (loop.trip < 1) say(where, fmt::format("loop {} has {} iterations", loop.name, loop.trip));
  }

  void check_array(const Array& array, std::set<std::string>& names) {
    const std::string where = kernel_.name + ", array " + array.name;
    if (!names.insert(array.name).second) say(where, "the name is used twice");
    const auto count = checked_element_count(array.shape);
    if (!count || *count < 1) say(where, "the shape " + to_string(array.shape) + " has no elements or too many");
    const bool weight = array.role == ArrayRole::weight;
    if (weight != (array.contents != nullptr)) say(where, "a weight, and nothing else, has contents");
    if (array.contents && count && static_cast<std::int64_t>(array.contents->size()) != *count) {
      say(where, fmt::format("{} contents for {} elements", array.contents->size(), *count));
    }
    const bool boundary = array.role == ArrayRole::input || array.role == ArrayRole::output;
    if (boundary == array.tensor.empty()) say(where, "an input or output, and nothing else, stands for a tensor");
    if (array.bank) check_bank(array, *array.bank, boundary, where);
  }

  void check_bank(const Array& array, const Bank& bank, bool boundary, const std::string& where) {
    if (!boundary) say(where, "a bank of a tensor, but neither input nor output");
    const auto& [shape, dimensions] = bank.banking;
    bool legal = shape.size() == dimensions.size();
    for (const auto& dimension : dimensions) legal = legal && dimension.banks >= 1 && dimension.block >= 1;
    if (!legal) return say(where, "its banks are not of at least one block of one element for each dimension");
    if (bank.number < 0 || bank.number >= bank_count(bank.banking)) {
      say(where, fmt::format("bank {} of {}", bank.number, bank_count(bank.banking)));
    }
    if (array.shape != bank_shape(bank.banking)) {
      say(where, fmt::format("the shape {} is not that of a bank, {}", to_string(array.shape),
                             to_string(bank_shape(bank.banking))));
    }
  }

  void check_op(const Nest& nest, std::size_t i) {
    const Op& op = nest.body[i];
    const std::string where = fmt::format("{}, nest {}, operation {} ({})", kernel_.name, nest.name, i, to_string(op.code));
    std::vector<ScalarType> types;
    for (const auto operand : op.operands) {
      const bool known = operand.valid() && operand.index() < nest.body.size();
      if (!known || (op.code != Opcode::delay && operand.index() >= i) || nest.op(operand).code == Opcode::store) {
        return say(where, "an operand is not an earlier value of the body");
      }
      types.push_back(nest.op(operand).type);
    }
    const Rule& rule = rule_of(op.code);
    if (types.size() < rule.least || types.size() > rule.most) {
      return say(where, fmt::format("{} operands, it takes {} to {}", types.size(), rule.least, rule.most));
    }
    if (!rule.types(op, types)) say(where, std::string("it ") + rule.said);
    if (op.type.width() < 1 || op.type.width() > 64) say(where, "the type is not of 1 to 64 bits");
    if (op.code == Opcode::constant && (op.literal & ~low_bits(op.type.width()))) say(where, "the literal is wider than its type");
    if (op.code == Opcode::delay && op.distance < 1) say(where, fmt::format("a distance of {}", op.distance));
    if (op.code == Opcode::affine && op.index.empty()) say(where, "it has no expression");
    for (const auto& expr : op.index) check_depth(nest, expr, where);
    for (const auto& condition : op.conditions) check_depth(nest, condition.expr, where);
    if (op.code == Opcode::load || op.code == Opcode::lookup || op.code == Opcode::store) check_access(nest, op, where);
  }

  void check_depth(const Nest& nest, const AffineExpr& expr, const std::string& where) {
    if (expr.iterator_count() > kernel_.token_loops.size() + nest.loops.size()) say(where, "an expression uses a loop that is not there");
  }

  void check_access(const Nest& nest, const Op& op, const std::string& where) {
    if (!op.array.valid() || op.array.index() >= kernel_.arrays.size()) return say(where, "the array is not there");
    const Array& array = kernel_.array(op.array);
    if (array.type != op.type) say(where, fmt::format("type {}, array {} has {}", to_string(op.type), array.name, to_string(array.type)));
    const bool writes = op.code == Opcode::store;
    if (writes && (array.role == ArrayRole::input || array.role == ArrayRole::weight)) say(where, array.name + " is read only");
    if (!writes && array.role == ArrayRole::output) say(where, array.name + " is write only");
    if (op.code == Opcode::lookup) return;
    if (op.index.size() != array.shape.size()) {
      return say(where, fmt::format("{} indices into {}{}", op.index.size(), array.name, to_string(array.shape)));
    }
    std::vector<Condition> conditions;
    const std::size_t predicate = writes ? 1 : 0;
    if (op.operands.size() > predicate) conditions = implied_conditions(nest, op.operands[predicate]);
    const auto trips = trip_counts(kernel_, nest);
    const auto names = iterator_names(kernel_, nest);
    for (std::size_t d = 0; d < op.index.size(); ++d) {
      if (op.index[d].iterator_count() > trips.size()) return;
      const auto range = range_under(op.index[d], trips, conditions);
      if (range.low <= range.high && (range.low < 0 || range.high >= array.shape[d])) {
        say(where, fmt::format("index {} = {} of {}{} reaches {}..{}", d, to_string(op.index[d], names), array.name,
                               to_string(array.shape), range.low, range.high));
      }
    }
  }

  const Kernel& kernel_;
  Diagnostics diagnostics_;
};

}  // namespace

Diagnostics verify(const Kernel& kernel) { return Verifier(kernel).run(); }

}  // namespace sluice
