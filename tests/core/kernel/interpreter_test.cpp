#include "core/kernel/interpreter.hpp"

#include <doctest/doctest.h>

#include <array>

#include "core/kernel/builder.hpp"
#include "core/kernel/evaluate.hpp"
#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr ScalarType kByte = ScalarType::signed_integer(8);
constexpr ScalarType kWord = ScalarType::signed_integer(32);

std::int64_t word(std::uint64_t bits) { return to_int64(kWord, bits); }

/// A kernel with an input x and an output y of `size` words.
struct Fixture {
  explicit Fixture(std::int64_t size) {
    x = add_array(kernel, {"x", kWord, {size}, ArrayRole::input, "x", {}});
    y = add_array(kernel, {"y", kWord, {size}, ArrayRole::output, "y", {}});
  }

  /// y after one frame with x = 1, 2, 3, ...; or the message.
  std::string run() {
    REQUIRE(to_string(verify(kernel)) == "");
    auto contents = initial_contents(kernel);
    for (std::size_t i = 0; i < contents[0].size(); ++i) contents[0][i] = i + 1;
    const auto errors = execute(kernel, contents);
    if (!errors.empty()) return to_string(errors);
    std::string text;
    for (const auto bits : contents[1]) text += std::to_string(word(bits)) + " ";
    return text;
  }

  Kernel kernel{.name = "k"};
  ArrayId x;
  ArrayId y;
};

}  // namespace

TEST_CASE("a matrix product is what three loops compute") {
  for (unsigned seed = 0; seed < 30; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::int64_t rows = pick(random, 1, 5);
    const std::int64_t columns = pick(random, 1, 5);
    const std::int64_t inner = pick(random, 1, 6);
    Kernel kernel{.name = "matmul"};
    const auto a = add_array(kernel, {"a", kByte, {rows, inner}, ArrayRole::input, "a", {}});
    const auto b = add_array(kernel, {"b", kByte, {inner, columns}, ArrayRole::input, "b", {}});
    const auto c = add_array(kernel, {"c", kWord, {rows, columns}, ArrayRole::output, "c", {}});
    kernel.token_loops.push_back({"i", rows});
    NestBuilder nest(kernel, "product");
    const auto i = nest.token(0);
    const auto j = nest.loop("j", columns);
    const auto k = nest.loop("k", inner);
    const Value before = nest.delay(kWord, 1);
    const Value start = nest.select(nest.guard({is_zero(k)}), nest.integer(kWord, 0), before);
    const Value sum = nest.add(start, nest.multiply(nest.load(a, {i, k}), nest.load(b, {k, j}), kWord));
    nest.close(before, sum);
    nest.store(c, {i, j}, sum, nest.guard({is_zero(k - AffineExpr(inner - 1))}));
    REQUIRE(to_string(verify(kernel)) == "");
    auto contents = initial_contents(kernel);
    for (auto* operand : {&contents[0], &contents[1]}) {
      for (auto& element : *operand) element = from_int64(kByte, pick(random, -128, 127));
    }
    REQUIRE(to_string(execute(kernel, contents)) == "");
    for (std::int64_t row = 0; row < rows; ++row) {
      for (std::int64_t column = 0; column < columns; ++column) {
        std::int64_t expected = 0;
        for (std::int64_t n = 0; n < inner; ++n) {
          expected += to_int64(kByte, contents[0][static_cast<std::size_t>(row * inner + n)]) *
                      to_int64(kByte, contents[1][static_cast<std::size_t>(n * columns + column)]);
        }
        CHECK(word(contents[2][static_cast<std::size_t>(row * columns + column)]) == expected);
      }
    }
  }
}

TEST_CASE("delays reach back by their distance, through each other, and not into the firing before") {
  Fixture f(6);
  f.kernel.token_loops.push_back({"t", 2});
  NestBuilder nest(f.kernel, "n");
  const auto at = nest.token(0) * 3 + nest.loop("i", 3);
  const Value one = nest.delay(kWord, 1);
  const Value two = nest.delay(kWord, 1);
  nest.close(one, nest.load(f.x, {at}));
  nest.close(two, one);
  const Value minus = nest.integer(kWord, -1);
  const auto i = AffineExpr::iterator(1);
  SUBCASE("with a select for what is not there yet") {
    nest.store(f.y, {at}, nest.select(nest.guard({is_nonnegative(i - AffineExpr(2))}), two, minus));
    CHECK(f.run() == "-1 -1 1 -1 -1 4 ");
  }
  SUBCASE("a stored value must be defined") {
    nest.store(f.y, {at}, two);
    CHECK(f.run().find("a stored value is not defined") != std::string::npos);
  }
  SUBCASE("arithmetic hands undefined values on") {
    nest.store(f.y, {at}, nest.add(two, minus));
    CHECK(f.run().find("a stored value is not defined") != std::string::npos);
  }
  SUBCASE("a choice by what is not defined is not defined") {
    const Value condition = nest.compare(Opcode::less, two, minus);
    nest.store(f.y, {at}, nest.select(condition, minus, minus));
    CHECK(f.run().find("a stored value is not defined") != std::string::npos);
  }
  SUBCASE("nor may it decide whether to store") {
    nest.store(f.y, {at}, minus, nest.compare(Opcode::less, two, minus));
    CHECK(f.run().find("the predicate of a store is not defined") != std::string::npos);
  }
}

TEST_CASE("predicates keep accesses from taking place") {
  Fixture f(4);
  NestBuilder nest(f.kernel, "n");
  const auto i = nest.loop("i", 4);
  const AffineExpr shifted = i - AffineExpr(2);
  const Value inside = nest.guard(in_range(shifted, 4));
  const Value loaded = nest.load(f.x, {shifted}, inside);
  SUBCASE("a load outside of its array") {
    nest.store(f.y, {i}, nest.select(inside, loaded, nest.integer(kWord, 9)));
    CHECK(f.run() == "9 9 1 2 ");
  }
  SUBCASE("a store") {
    nest.store(f.y, {i}, loaded, inside);
    CHECK(f.run() == "0 0 1 2 ");
  }
}

TEST_CASE("a lookup outside of its table is an error that says where") {
  Fixture f(4);
  NestBuilder nest(f.kernel, "n");
  const auto i = nest.loop("i", 4);
  nest.store(f.y, {i}, nest.lookup(f.x, nest.affine(kWord, i * 2)));
  CHECK(f.run() == "kernel k, nest n, operation 1 (lookup), i=2: element 4 of an array of 4\n");
}

TEST_CASE("affine values wrap to their type, and nests run in turn") {
  Fixture f(3);
  const auto s = add_array(f.kernel, {"s", kWord, {3}, ArrayRole::scratch, "", {}});
  {
    NestBuilder nest(f.kernel, "first");
    const auto i = nest.loop("i", 3);
    const Value wrapped = nest.affine(ScalarType::unsigned_integer(2), i * -1);
    nest.store(s, {i}, nest.convert(wrapped, kWord));
  }
  NestBuilder nest(f.kernel, "second");
  const auto i = nest.loop("i", 3);
  nest.store(f.y, {i}, nest.load(s, {AffineExpr(2) - i}));
  CHECK(f.run() == "2 3 0 ");
}

TEST_CASE("integer operations are exact, then wrapped") {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    std::mt19937 random(seed);
    const auto type = [&] {
      const int width = pick(random, 1, 20);
      return pick(random, 0, 1) ? ScalarType::signed_integer(width) : ScalarType::unsigned_integer(width);
    };
    const ScalarType a_type = type();
    const ScalarType b_type = type();
    const ScalarType to = type();
    const std::uint64_t a_bits = random() & low_bits(a_type.width());
    const std::uint64_t b_bits = random() & low_bits(b_type.width());
    const std::int64_t a = to_int64(a_type, a_bits);
    const std::int64_t b = to_int64(b_type, b_bits);
    const auto result = [&](Opcode code) {
      return evaluate(code, to, fp::Rounding::nearest_even, {{a_type, b_type, {}}, {a_bits, b_bits, 0}});
    };
    CAPTURE(a);
    CAPTURE(b);
    CHECK(result(Opcode::add) == from_int64(to, a + b));
    CHECK(result(Opcode::subtract) == from_int64(to, a - b));
    CHECK(result(Opcode::multiply) == from_int64(to, a * b));
    CHECK(result(Opcode::minimum) == from_int64(to, std::min(a, b)));
    CHECK(result(Opcode::maximum) == from_int64(to, std::max(a, b)));
    CHECK(result(Opcode::negate) == from_int64(to, -a));
    CHECK(result(Opcode::absolute) == from_int64(to, a < 0 ? -a : a));
    CHECK(result(Opcode::bit_xor) == from_int64(to, a ^ b));
    CHECK(result(Opcode::bit_not) == from_int64(to, ~a));
    CHECK(result(Opcode::convert) == from_int64(to, a));
    CHECK(result(Opcode::less) == static_cast<std::uint64_t>(a < b));
    CHECK(result(Opcode::equal) == static_cast<std::uint64_t>(a == b));
    if (b_type.is_signed()) continue;
    const int shift = static_cast<int>(std::min<std::int64_t>(b, 40));
    CHECK(result(Opcode::shift_left) == (b >= to.width() ? 0 : from_int64(to, a * (std::int64_t{1} << shift))));
    CHECK(result(Opcode::shift_right) == from_int64(to, a >> shift));
  }
}
