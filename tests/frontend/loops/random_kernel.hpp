#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/kernel/builder.hpp"
#include "tests/frontend/support/op_test.hpp"

/// Random kernels with bodies of every kind of operation, rich in constants, guards, delays and mixed integer types.
namespace sluice::test {

class RandomKernel {
 public:
  explicit RandomKernel(std::uint32_t seed) : random_(seed) {}

  Kernel make(int operations) {
    kernel_ =
        Kernel{.name = "random", .operation = "Random", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
    if (chance(2)) kernel_.token_loops.push_back({"t", pick(1, 3)});
    const int nests = pick(1, 2);
    for (int i = 0; i < nests; ++i) make_nest(i, operations);
    return kernel_;
  }

 private:
  int pick(int low, int high) { return random_int(low, high, random_); }
  bool chance(int in) { return pick(1, in) == 1; }

  template <typename T>
  const T& any(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(pick(0, static_cast<int>(from.size()) - 1))];
  }

  ScalarType integer_type() { return any(kIntegers); }

  void make_nest(int number, int operations) {
    const std::string name = "n" + std::to_string(number);
    NestBuilder nest(kernel_, name);
    const int loops = pick(0, 3);
    for (int i = 0; i < loops; ++i) nest.loop(name + "i" + std::to_string(i), pick(1, 5));
    trips_ = trip_counts(kernel_, kernel_.nests.back());
    values_.clear();
    delays_.clear();
    for (const auto type :
         {ScalarType::floating(kFloat16), ScalarType::signed_integer(8), ScalarType::unsigned_integer(5)}) {
      add(nest,
          nest.load(add_array(kernel_, array(name + "x" + to_string(type), type, ArrayRole::input)), whole_index()));
      add(nest, nest.load(add_array(kernel_, array(name + "w" + to_string(type), type, ArrayRole::weight)), index()));
    }
    for (int i = 0; i < operations; ++i) add(nest, operation(nest));
    for (const auto& [delay, source] : delays_) nest.close(delay, source);
    store_some(nest, name);
  }

  /// An array with an element for each iteration of all loops.
  Array array(std::string name, ScalarType type, ArrayRole role) {
    Array array{.name = name, .type = type, .shape = trips_, .role = role, .tensor = "", .contents = nullptr};
    if (role == ArrayRole::weight) {
      auto contents = std::make_shared<std::vector<std::uint64_t>>();
      for (std::int64_t i = 0; i < element_count(trips_); ++i) contents->push_back(literal(type));
      array.contents = contents;
    } else {
      array.tensor = std::move(name);
    }
    return array;
  }

  std::vector<AffineExpr> whole_index() {
    std::vector<AffineExpr> index;
    for (std::size_t i = 0; i < trips_.size(); ++i) index.push_back(AffineExpr::iterator(i));
    return index;
  }

  std::vector<AffineExpr> index() {
    auto index = whole_index();
    for (std::size_t i = 0; i < trips_.size(); ++i) {
      if (chance(2)) index[i] = pick(0, static_cast<int>(trips_[i]) - 1);
    }
    return index;
  }

  std::uint64_t literal(ScalarType type) {
    if (type.is_integer()) {
      constexpr std::array kCommon{0, 0, 1, 1, -1, 2, 3, 4, 6, 7, 8, -8, 5, 11, 100};
      return from_int64(type, kCommon[static_cast<std::size_t>(pick(0, 14))]);
    }
    constexpr std::array kCommon{0.0, -0.0, 1.0, -1.0, 2.0, 0.5, 0.25, -4.0, 3.0, 0.1, 65504.0, 6e-5};
    return fp::from_double(type.format(), kCommon[static_cast<std::size_t>(pick(0, 11))]);
  }

  Value of_kind(const NestBuilder& nest, bool is_float) {
    std::vector<Value> found;
    for (const auto value : values_) {
      if (nest.type(value).is_float() == is_float) found.push_back(value);
    }
    return any(found);
  }

  Value of_type(NestBuilder& nest, ScalarType type) {
    std::vector<Value> found;
    for (const auto value : values_) {
      if (nest.type(value) == type) found.push_back(value);
    }
    return found.empty() || chance(8) ? nest.constant(type, literal(type)) : any(found);
  }

  Condition condition() {
    AffineExpr expr(pick(-4, 4));
    for (std::size_t i = 0; i < trips_.size(); ++i) {
      if (chance(2)) expr += AffineExpr::iterator(i) * pick(-2, 2);
    }
    return chance(2) ? is_zero(expr) : is_nonnegative(expr);
  }

  Value guard(NestBuilder& nest) {
    std::vector<Condition> conditions;
    for (int i = pick(0, 2); i > 0; --i) conditions.push_back(condition());
    return nest.guard(conditions);
  }

  Value operation(NestBuilder& nest) {
    switch (pick(0, 11)) {
      case 0: {
        const ScalarType type = chance(3) ? ScalarType::floating(kFloat16) : integer_type();
        return nest.constant(type, literal(type));
      }
      case 1:
        return nest.affine(integer_type(), condition().expr);
      case 2:
        return guard(nest);
      case 3:
        return delayed(nest);
      case 4:
      case 5: {
        const Value a = any(values_);
        return nest.select(of_type(nest, ScalarType::boolean()), a, of_type(nest, nest.type(a)));
      }
      case 6:
        return conversion(nest);
      case 7:
      case 8:
        return float_operation(nest);
      default:
        return integer_operation(nest);
    }
  }

  /// The value some iterations ago; where there were not so many, another.
  Value delayed(NestBuilder& nest) {
    const Value source = any(values_);
    const ScalarType type = nest.type(source);
    if (kernel_.nests.back().loops.empty()) return source;
    const int distance = pick(1, 3);
    const Value delay = nest.delay(type, distance);
    // Sums run on as well.
    Value of = source;
    const Value late = nest.guard({is_nonnegative(AffineExpr::iterator(trips_.size() - 1) - distance)});
    const Value value = nest.select(late, delay, of_type(nest, type));
    if (chance(2)) of = nest.binary(chance(2) ? Opcode::add : Opcode::maximum, value, source, type);
    delays_.emplace_back(delay, of);
    return value;
  }

  Value conversion(NestBuilder& nest) {
    const Value a = any(values_);
    if (chance(4)) {
      const int width = nest.type(a).width();
      const bool to_float = width == kFloat16.width() && chance(2);
      return nest.bitcast(a, to_float    ? ScalarType::floating(kFloat16)
                             : chance(2) ? ScalarType::signed_integer(width)
                                         : ScalarType::unsigned_integer(width));
    }
    const ScalarType type =
        chance(3) ? ScalarType::floating(chance(2) ? kFloat16 : FloatFormat{5, 13}) : integer_type();
    const Value wide = nest.convert(a, type, chance(2) ? fp::Rounding::nearest_even : fp::Rounding::down);
    // All floats of the body have one format.
    return type.is_float() && type.format() != kFloat16 ? nest.convert(wide, ScalarType::floating(kFloat16)) : wide;
  }

  Value float_operation(NestBuilder& nest) {
    static const std::vector codes{Opcode::add,       Opcode::subtract, Opcode::multiply, Opcode::minimum,
                                   Opcode::maximum,   Opcode::divide,   Opcode::less,     Opcode::equal,
                                   Opcode::negate,    Opcode::absolute, Opcode::multiply, Opcode::add,
                                   Opcode::less_equal};
    const Opcode code = any(codes);
    const Value a = of_kind(nest, true);
    if (code == Opcode::negate || code == Opcode::absolute) return nest.unary(code, a);
    const Value b = chance(3) ? a : of_type(nest, nest.type(a));
    const bool compares = code == Opcode::less || code == Opcode::equal || code == Opcode::less_equal;
    return compares ? nest.compare(code, a, b) : nest.binary(code, a, b);
  }

  Value integer_operation(NestBuilder& nest) {
    static const std::vector codes{Opcode::add,      Opcode::subtract,   Opcode::multiply,    Opcode::minimum,
                                   Opcode::maximum,  Opcode::less,       Opcode::equal,       Opcode::negate,
                                   Opcode::absolute, Opcode::bit_and,    Opcode::bit_or,      Opcode::bit_xor,
                                   Opcode::bit_not,  Opcode::shift_left, Opcode::shift_right, Opcode::multiply,
                                   Opcode::add,      Opcode::less_equal};
    const Opcode code = any(codes);
    const Value a = of_kind(nest, false);
    const ScalarType type = chance(2) ? nest.type(a) : integer_type();
    if (code == Opcode::negate || code == Opcode::absolute || code == Opcode::bit_not) return nest.unary(code, a, type);
    if (code == Opcode::shift_left || code == Opcode::shift_right) {
      const ScalarType amount = ScalarType::unsigned_integer(5);
      return nest.binary(
          code, a, chance(2) ? of_type(nest, amount) : nest.constant(amount, static_cast<std::uint64_t>(pick(0, 9))),
          type);
    }
    const ScalarType other = integer_type();
    const Value b = chance(4) ? a : chance(2) ? nest.constant(other, literal(other)) : of_kind(nest, false);
    const bool compares = code == Opcode::less || code == Opcode::equal || code == Opcode::less_equal;
    return compares ? nest.compare(code, a, b) : nest.binary(code, a, b, type);
  }

  void add(NestBuilder& /*nest*/, Value value) { values_.push_back(value); }

  void store_some(NestBuilder& nest, const std::string& name) {
    for (int i = 0; i < 4; ++i) {
      const Value value = i == 0 ? values_.back() : any(values_);
      const std::string out = name + "y" + std::to_string(i);
      const ArrayId id = add_array(kernel_, array(out, nest.type(value), ArrayRole::output));
      nest.store(id, whole_index(), value, chance(3) ? std::optional(guard(nest)) : std::nullopt);
    }
  }

  inline static const std::vector<ScalarType> kIntegers{
      ScalarType::signed_integer(8),   ScalarType::unsigned_integer(5),  ScalarType::signed_integer(16),
      ScalarType::unsigned_integer(8), ScalarType::signed_integer(32),   ScalarType::signed_integer(64),
      ScalarType::boolean(),           ScalarType::unsigned_integer(64), ScalarType::signed_integer(11)};

  Random random_;
  Kernel kernel_;
  std::vector<std::int64_t> trips_;
  std::vector<Value> values_;
  std::vector<std::pair<Value, Value>> delays_;
};

inline Kernel random_kernel(std::uint32_t seed, int operations) { return RandomKernel(seed).make(operations); }

}  // namespace sluice::test
