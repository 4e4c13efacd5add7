#include "random_kernel.hpp"

#include <algorithm>

#include "core/kernel/builder.hpp"

namespace sluice::test {
namespace {

int uniform(std::mt19937& random, int low, int high) { return std::uniform_int_distribution(low, high)(random); }

ScalarType random_type(std::mt19937& random) {
  switch (uniform(random, 0, 3)) {
    case 0: return ScalarType::floating(kFloat32);
    case 1: return ScalarType::signed_integer(uniform(random, 2, 40));
    case 2: return ScalarType::unsigned_integer(uniform(random, 1, 40));
    default: return ScalarType::signed_integer(8);
  }
}

std::uint64_t random_bits(ScalarType type, std::mt19937& random) {
  if (type.is_float()) return fp::from_double(type.format(), std::uniform_real_distribution(-4.0, 4.0)(random));
  return std::uniform_int_distribution<std::uint64_t>()(random) & low_bits(type.width());
}

class Generator {
 public:
  explicit Generator(std::mt19937& random) : random_(random) {}

  Kernel run() {
    kernel_.name = "random";
    kernel_.operation = "Random";
    kernel_.onnx_nodes = {"random"};
    for (int i = uniform(random_, 0, 2); i > 0; --i) {
      kernel_.token_loops.push_back({"t" + std::to_string(i), uniform(random_, 1, 3)});
    }
    const int nests = uniform(random_, 1, 3);
    for (int i = 0; i < nests; ++i) add_nest(i, i == nests - 1);
    return std::move(kernel_);
  }

 private:
  void add_nest(int number, bool is_last) {
    NestBuilder nest(kernel_, "n" + std::to_string(number));
    for (int i = uniform(random_, 0, 3); i > 0; --i) nest.loop("i" + std::to_string(number) + std::to_string(i), uniform(random_, 1, 5));
    values_.clear();
    const int loads = uniform(random_, 1, 3);
    for (int i = 0; i < loads; ++i) add_load(nest, number * 10 + i);
    if (number > 0) values_.push_back(nest.load(handed_on_, {AffineExpr(0)}));
    const int ops = uniform(random_, 2, 9);
    for (int i = 0; i < ops; ++i) add_op(nest);
    add_accumulator(nest);
    add_stores(nest, number, is_last);
  }

  /// An affine expression of the iterators, and an array shape that it stays in.
  std::pair<AffineExpr, std::int64_t> random_index(NestBuilder&) {
    const auto trips = trip_counts(kernel_, kernel_.nests.back());
    AffineExpr expr;
    for (std::size_t i = 0; i < trips.size(); ++i) expr += AffineExpr::iterator(i) * uniform(random_, -1, 3);
    expr -= AffineExpr(expr.range(trips).low);
    return {expr, expr.range(trips).high + 1};
  }

  void add_load(NestBuilder& nest, int number) {
    const ScalarType type = random_type(random_);
    auto [index, size] = random_index(nest);
    Array array{"x" + std::to_string(number), type, {size}, ArrayRole::input, "", {}};
    const bool weight = uniform(random_, 0, 1) == 1;
    if (weight) {
      array.role = ArrayRole::weight;
      auto contents = std::make_shared<std::vector<std::uint64_t>>();
      for (std::int64_t i = 0; i < size; ++i) contents->push_back(random_bits(type, random_));
      array.contents = contents;
    } else {
      array.tensor = array.name;
    }
    const ArrayId id = add_array(kernel_, array);
    if (uniform(random_, 0, 2) == 0) {
      // Shifted out of the array on one side, behind a guard that keeps it in.
      const AffineExpr shifted = index - AffineExpr(size / 2);
      const Value inside = nest.guard(in_range(shifted, size));
      const Value loaded = nest.load(id, {shifted}, inside);
      values_.push_back(nest.select(inside, loaded, nest.constant(type, random_bits(type, random_))));
    } else {
      values_.push_back(nest.load(id, {index}));
    }
  }

  Value pick() { return values_[static_cast<std::size_t>(uniform(random_, 0, static_cast<int>(values_.size()) - 1))]; }

  /// A value of that type: one that is there, converted if need be.
  Value pick_as(NestBuilder& nest, ScalarType type) {
    const Value value = pick();
    return nest.type(value) == type ? value : nest.convert(value, type, static_cast<fp::Rounding>(uniform(random_, 0, 3)));
  }

  void add_op(NestBuilder& nest) {
    const ScalarType type = random_type(random_);
    const Value a = pick_as(nest, type);
    switch (uniform(random_, 0, 9)) {
      case 0: return values_.push_back(nest.add(a, pick_as(nest, type)));
      case 1: return values_.push_back(nest.subtract(a, pick_as(nest, type)));
      case 2: return values_.push_back(nest.multiply(a, pick_as(nest, type)));
      case 3: return values_.push_back(nest.maximum(a, pick_as(nest, type)));
      case 4: return values_.push_back(nest.unary(Opcode::negate, a));
      case 5: return values_.push_back(nest.unary(Opcode::absolute, a));
      case 6: return values_.push_back(nest.select(nest.compare(Opcode::less, a, pick_as(nest, type)), pick_as(nest, type), a));
      case 7: return add_shift(nest, a);
      case 8: return values_.push_back(nest.affine(ScalarType::signed_integer(12), random_index(nest).first));
      default: return values_.push_back(type.is_float() ? nest.divide(a, pick_as(nest, type)) : nest.binary(Opcode::bit_xor, a, pick_as(nest, type)));
    }
  }

  void add_shift(NestBuilder& nest, Value a) {
    if (nest.type(a).is_float()) return;
    const Opcode code = uniform(random_, 0, 1) ? Opcode::shift_left : Opcode::shift_right;
    const ScalarType amount = ScalarType::unsigned_integer(uniform(random_, 1, 6));
    const Value by = uniform(random_, 0, 1) ? nest.constant(amount, random_bits(amount, random_)) : pick_as(nest, amount);
    const int width = nest.type(a).width();
    const ScalarType result = ScalarType::signed_integer(std::clamp(width + uniform(random_, -3, 3), 1, 60));
    values_.push_back(nest.binary(code, a, by, result));
  }

  /// A sum over the innermost loop, begun anew whenever it starts.
  void add_accumulator(NestBuilder& nest) {
    const auto& loops = kernel_.nests.back().loops;
    const ScalarType type = random_type(random_);
    const std::size_t depth = kernel_.token_loops.size() + loops.size();
    std::vector<Condition> first;
    if (!loops.empty()) first.push_back(is_zero(AffineExpr::iterator(depth - 1)));
    const Value addend = pick_as(nest, type);
    const Value before = nest.delay(type, 1);
    const Value start = nest.constant(type, random_bits(type, random_));
    const Value sum = nest.add(nest.select(nest.guard(first), start, before), addend);
    nest.close(before, sum);
    values_.push_back(sum);
  }

  void add_stores(NestBuilder& nest, int number, bool is_last) {
    const auto trips = trip_counts(kernel_, kernel_.nests.back());
    AffineExpr everywhere;
    std::int64_t size = 1;
    for (std::size_t i = trips.size(); i-- > 0;) {
      everywhere += AffineExpr::iterator(i) * size;
      size *= trips[i];
    }
    const Value result = values_.back();
    const std::string name = "y" + std::to_string(number);
    const ArrayId output = add_array(kernel_, {name, nest.type(result), {size}, ArrayRole::output, name, {}});
    nest.store(output, {everywhere}, result);
    if (is_last) return;
    const Value kept = pick();
    handed_on_ = add_array(kernel_, {"s" + std::to_string(number), nest.type(kept), {1}, ArrayRole::scratch, "", {}});
    nest.store(handed_on_, {AffineExpr(0)}, kept);
  }

  std::mt19937& random_;
  Kernel kernel_;
  std::vector<Value> values_;
  ArrayId handed_on_;
};

}  // namespace

Kernel random_kernel(std::mt19937& random) { return Generator(random).run(); }

ArrayContents random_contents(const Kernel& kernel, std::mt19937& random) {
  ArrayContents contents = initial_contents(kernel);
  for (std::size_t i = 0; i < contents.size(); ++i) {
    if (kernel.arrays[i].role != ArrayRole::input) continue;
    for (auto& element : contents[i]) element = random_bits(kernel.arrays[i].type, random);
  }
  return contents;
}

}  // namespace sluice::test
