#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "core/kernel/builder.hpp"

/// Random kernels of several nests that hand values on in scratch arrays.
namespace sluice::test {

struct RandomNestsOptions {
  /// Every scratch array is stored as a whole before a nest loads it. Otherwise some are loaded first, stored in part,
  /// several times or by several nests.
  bool tidy = false;
  std::string name = "k";
  std::string reads = "x";
  Shape shape = {};  ///< of what it reads: the last two dimensions are of a firing; empty: any
};

class RandomNests {
 public:
  RandomNests(std::mt19937& random, RandomNestsOptions options) : random_(random), options_(options) {}

  Kernel make() {
    kernel_.name = options_.name;
    kernel_.operation = "Random";
    kernel_.onnx_nodes = {options_.name};
    kernel_.macs = 100;
    Shape shape = options_.shape;
    if (shape.empty()) {
      for (int i = pick(0, 2); i > 0; --i) shape.push_back(pick(1, 3));
      shape.insert(shape.end(), {pick(1, 4), pick(1, 4)});
    }
    x_ = add_array(kernel_, {"x", kType, shape, ArrayRole::input, options_.reads, nullptr});
    b_ = shape.back();
    shape.pop_back();
    a_ = shape.back();
    shape.pop_back();
    for (const auto extent : shape)
      kernel_.token_loops.push_back({"t" + std::to_string(kernel_.token_loops.size()), extent});
    auto table = std::make_shared<std::vector<std::uint64_t>>();
    for (std::int64_t i = 0; i < a_; ++i) table->push_back(static_cast<std::uint64_t>(pick(0, 255)));
    table_ = add_array(kernel_, {"table", kType, {a_}, ArrayRole::weight, "", table});
    const int nests = pick(2, 5);
    if (!options_.tidy) {
      for (int i = pick(0, 1); i >= 0; --i) scratch(std::to_string(i));
    }
    for (int n = 0; n < nests; ++n) make_nest(n, n + 1 == nests);
    return std::move(kernel_);
  }

 private:
  int pick(std::int64_t low, std::int64_t high) {
    return static_cast<int>(std::uniform_int_distribution<std::int64_t>(low, high)(random_));
  }
  bool chance(int in) { return pick(1, in) == 1; }

  Shape tokens() const {
    Shape shape;
    for (const auto& loop : kernel_.token_loops) shape.push_back(loop.trip);
    return shape;
  }

  /// A scratch array over some of the two loops that all nests have.
  struct Scratch {
    ArrayId id;
    bool over_a = false;
    bool over_b = false;
  };

  const Scratch& scratch(const std::string& name) {
    Scratch made{{}, chance(2), chance(2)};
    Shape shape;
    if (made.over_a) shape.push_back(a_);
    if (made.over_b) shape.push_back(b_);
    made.id = add_array(kernel_, {"s" + name, kType, shape, ArrayRole::scratch, "", nullptr});
    scratch_.push_back(made);
    return scratch_.back();
  }

  std::vector<AffineExpr> index_of(const Scratch& array) {
    std::vector<AffineExpr> index;
    if (array.over_a) index.push_back(chance(4) ? AffineExpr(a_ - 1) - i_ : i_);
    if (array.over_b) index.push_back(chance(4) ? AffineExpr(pick(0, b_ - 1)) : j_);
    return index;
  }

  Value load_any(NestBuilder& nest) {
    if (!scratch_.empty() && !chance(3)) {
      const auto& from = scratch_[static_cast<std::size_t>(pick(0, std::ssize(scratch_) - 1))];
      return nest.load(from.id, index_of(from));
    }
    if (chance(4)) return nest.load(table_, {i_});
    std::vector<AffineExpr> index;
    for (std::size_t t = 0; t < kernel_.token_loops.size(); ++t) index.push_back(nest.token(t));
    index.insert(index.end(), {i_, j_});
    return nest.load(x_, index);
  }

  void make_nest(int n, bool is_last) {
    NestBuilder nest(kernel_, "n" + std::to_string(n));
    i_ = nest.loop("i", a_);
    j_ = nest.loop("j", b_);
    const bool sums = chance(2);
    const std::int64_t terms = pick(2, 4);
    const AffineExpr k = sums ? nest.loop("k", terms) : AffineExpr(0);
    Value value = load_any(nest);
    for (int i = pick(0, 3); i > 0; --i) {
      const Value other = load_any(nest);
      const Opcode codes[] = {Opcode::add, Opcode::subtract, Opcode::multiply, Opcode::maximum};
      value = nest.binary(codes[pick(0, 3)], value, other, kType);
    }
    std::vector<Condition> last;  // the iterations in which the value is complete
    if (sums) {
      const Value before = nest.delay(kType, 1);
      const Value first = nest.guard({is_zero(k)});
      const Value sum = nest.add(nest.select(first, nest.integer(kType, pick(0, 9)), before), value, kType);
      nest.close(before, sum);
      value = sum;
      last.push_back(is_zero(k - (terms - 1)));
    }
    if (is_last || chance(3)) store_output(nest, "y" + std::to_string(n), value, last);
    if (!is_last) store_scratch(nest, std::to_string(n), value, last);
  }

  void store_output(NestBuilder& nest, const std::string& name, Value value, const std::vector<Condition>& last) {
    Shape shape = tokens();
    shape.insert(shape.end(), {a_, b_});
    const ArrayId y = add_array(kernel_, {name, kType, shape, ArrayRole::output, options_.name + name, nullptr});
    std::vector<AffineExpr> index;
    for (std::size_t t = 0; t < kernel_.token_loops.size(); ++t) index.push_back(nest.token(t));
    index.insert(index.end(), {i_, j_});
    nest.store(y, index, value, nest.guard(last));
  }

  void store_scratch(NestBuilder& nest, const std::string& name, Value value, std::vector<Condition> last) {
    const bool again = !options_.tidy && !scratch_.empty() && chance(3);
    const Scratch to =
        again ? scratch_[static_cast<std::size_t>(pick(0, std::ssize(scratch_) - 1))] : scratch(name + "n");
    // All of the loops that the array is not over: their last iteration gives the element.
    if (!to.over_a) last.push_back(is_zero(i_ - (a_ - 1)));
    if (!to.over_b) last.push_back(is_zero(j_ - (b_ - 1)));
    std::vector<AffineExpr> index;
    if (to.over_a) index.push_back(chance(4) ? AffineExpr(a_ - 1) - i_ : i_);
    if (to.over_b) index.push_back(j_);
    if (!options_.tidy && chance(4)) last.push_back(is_nonnegative(i_ - pick(0, 1)));
    if (!options_.tidy && !last.empty() && chance(4)) last.pop_back();
    std::optional<Value> predicate;
    if (!last.empty()) predicate = nest.guard(last);
    if (!options_.tidy && chance(8)) {
      const Value some = nest.compare(Opcode::less, value, nest.integer(kType, 200));
      predicate = predicate ? nest.binary(Opcode::bit_and, *predicate, some, ScalarType::boolean()) : some;
    }
    nest.store(to.id, index, value, predicate);
  }

  static constexpr ScalarType kType = ScalarType::unsigned_integer(8);

  std::mt19937& random_;
  RandomNestsOptions options_;
  Kernel kernel_{};
  std::int64_t a_ = 1, b_ = 1;
  ArrayId x_, table_;
  AffineExpr i_, j_;
  std::vector<Scratch> scratch_;
};

/// Makes tensors <name>y<n> of the shape of what it reads; the last nest makes one.
inline Kernel random_nests(std::mt19937& random, RandomNestsOptions options = {}) {
  return RandomNests(random, options).make();
}

}  // namespace sluice::test
