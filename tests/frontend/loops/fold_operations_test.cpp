#include "frontend/loops/fold_operations.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/kernel/builder.hpp"
#include "core/kernel/interpreter.hpp"
#include "frontend/loops/clean_up.hpp"
#include "frontend/loops/reduce_strength.hpp"

using namespace sluice;

namespace {

constexpr FloatFormat kTiny{4, 3};

std::int64_t count(const Nest& nest, Opcode code) { return std::ranges::count(nest.body, code, &Op::code); }

/// y[i] = f(x[i]) for all values of a type of few bits.
template <typename Body>
Kernel for_all_values(ScalarType type, ScalarType result, const Body& body) {
  Kernel kernel{.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
  const std::int64_t values = std::int64_t{1} << type.width();
  const ArrayId x = add_array(kernel, {"x", type, {values}, ArrayRole::input, "x", nullptr});
  const ArrayId y = add_array(kernel, {"y", result, {values}, ArrayRole::output, "y", nullptr});
  NestBuilder nest(kernel, "n");
  const AffineExpr i = nest.loop("i", values);
  nest.store(y, {i}, body(nest, nest.load(x, {i})));
  return kernel;
}

std::vector<std::uint64_t> results(const Kernel& kernel) {
  ArrayContents contents = initial_contents(kernel);
  for (std::size_t i = 0; i < contents[0].size(); ++i) contents[0][i] = i;
  REQUIRE(to_string(execute(kernel, contents)) == "");
  return contents[1];
}

/// Both passes keep the results; how many operations on two values they leave.
std::int64_t operations_left(Kernel kernel) {
  const auto wanted = results(kernel);
  fold_operations(kernel);
  reduce_strength(kernel.nests[0]);
  remove_dead_operations(kernel.nests[0]);
  REQUIRE(to_string(verify(kernel)) == "");
  REQUIRE(results(kernel) == wanted);
  return count(kernel.nests[0], Opcode::multiply) + count(kernel.nests[0], Opcode::divide) +
         count(kernel.nests[0], Opcode::add) + count(kernel.nests[0], Opcode::subtract) +
         count(kernel.nests[0], Opcode::minimum) + count(kernel.nests[0], Opcode::maximum);
}

std::uint64_t bits(double value) { return fp::from_double(kTiny, value); }

}  // namespace

TEST_CASE("identities of floats hold for all values and all constants") {
  const ScalarType type = ScalarType::floating(kTiny);
  const std::uint64_t minus_zero = fp::negate(kTiny, 0);
  for (const bool canonical : {false, true}) {
    for (const auto code : {Opcode::add, Opcode::subtract, Opcode::multiply, Opcode::divide}) {
      for (std::uint64_t c = 0; c < 256; ++c) {
        for (const bool first : {false, true}) {
          CAPTURE(to_string(code));
          CAPTURE(c);
          CAPTURE(canonical);
          const auto left = operations_left(for_all_values(type, type, [&](NestBuilder& nest, Value x) {
            if (canonical) x = nest.add(x, nest.constant(type, minus_zero));
            const Value constant = nest.constant(type, c);
            return first ? nest.binary(code, constant, x) : nest.binary(code, x, constant);
          }));
          const bool factor = code == Opcode::multiply || (code == Opcode::divide && !first);
          const bool gone = canonical && ((factor && c == bits(1)) || (code == Opcode::add && c == minus_zero) ||
                                          (code == Opcode::subtract && !first && c == 0));
          CHECK(left == (gone ? 0 : 1) + (canonical ? 1 : 0));
        }
      }
    }
  }
}

TEST_CASE("a selection among values from outside is not canonical, however long the chain") {
  const ScalarType type = ScalarType::floating(kTiny);
  for (const int length : {1, 20}) {
    CHECK(operations_left(for_all_values(type, type, [&](NestBuilder& nest, Value x) {
            for (int i = 0; i < length; ++i)
              x = nest.select(nest.guard({is_zero(AffineExpr::iterator(0) - i)}), nest.constant(type, 0), x);
            return nest.multiply(x, nest.constant(type, bits(1)));
          })) == 1);
  }
}

TEST_CASE("minima and maxima of a float with itself") {
  const ScalarType type = ScalarType::floating(kTiny);
  for (const auto code : {Opcode::minimum, Opcode::maximum}) {
    CHECK(operations_left(
              for_all_values(type, type, [&](NestBuilder& nest, Value x) { return nest.binary(code, x, x); })) == 1);
    CHECK(operations_left(for_all_values(type, type, [&](NestBuilder& nest, Value x) {
            const Value sum = nest.add(x, x);
            return nest.binary(code, sum, sum);
          })) == 1);
  }
}

TEST_CASE("integers times constants and beside constants, for all values, types and constants") {
  std::int64_t products = 0;
  std::int64_t left = 0;
  for (const auto type : {ScalarType::signed_integer(4), ScalarType::unsigned_integer(5)}) {
    for (const auto result : {ScalarType::signed_integer(3), type, ScalarType::signed_integer(9)}) {
      for (const auto code : {Opcode::add, Opcode::subtract, Opcode::multiply, Opcode::bit_and, Opcode::bit_or,
                              Opcode::bit_xor, Opcode::minimum}) {
        for (std::int64_t c = -17; c < 64; ++c) {
          CAPTURE(to_string(code));
          CAPTURE(c);
          const auto operations = operations_left(for_all_values(type, result, [&](NestBuilder& nest, Value x) {
            return nest.binary(code, x, nest.integer(ScalarType::signed_integer(7), c), result);
          }));
          if (code != Opcode::multiply) continue;
          ++products;
          left += operations;
        }
      }
    }
  }
  CHECK(left < products);  // others are shifts alone
}

TEST_CASE("a product with a constant of two signed digits is shifts and one addition") {
  const ScalarType type = ScalarType::signed_integer(8);
  const auto reduced = [&](std::int64_t c) {
    Kernel kernel = for_all_values(type, ScalarType::signed_integer(16), [&](NestBuilder& nest, Value x) {
      return nest.multiply(x, nest.integer(type, c), ScalarType::signed_integer(16));
    });
    reduce_strength(kernel.nests[0]);
    return kernel;
  };
  for (const std::int64_t c : {1, 2, 64, -1, -8, 3, 5, 7, 96, -96, 127, -7}) {
    CAPTURE(c);
    CHECK(count(reduced(c).nests[0], Opcode::multiply) == 0);
  }
  for (const std::int64_t c : {3, 5, 7, 96, 127}) CHECK(count(reduced(c).nests[0], Opcode::negate) == 0);
  for (const std::int64_t c : {11, 21, 85, -43}) CHECK(count(reduced(c).nests[0], Opcode::multiply) == 1);
}

TEST_CASE("a division by a power of two is a product, and a product with two a sum") {
  const ScalarType type = ScalarType::floating(kFloat16);
  const auto reduced = [&](Opcode code, double c) {
    Kernel kernel = for_all_values(
        type, type, [&](NestBuilder& nest, Value x) { return nest.binary(code, x, nest.constant(kFloat16, c)); });
    const auto wanted = results(kernel);
    reduce_strength(kernel.nests[0]);
    CHECK(results(kernel) == wanted);
    return kernel;
  };
  CHECK(count(reduced(Opcode::divide, 4).nests[0], Opcode::multiply) == 1);
  CHECK(count(reduced(Opcode::divide, -0.125).nests[0], Opcode::multiply) == 1);
  CHECK(count(reduced(Opcode::divide, 0.5).nests[0], Opcode::add) == 1);
  CHECK(count(reduced(Opcode::divide, 3).nests[0], Opcode::divide) == 1);
  CHECK(count(reduced(Opcode::divide, 32768).nests[0], Opcode::divide) == 1);  // the inverse is subnormal
  CHECK(count(reduced(Opcode::multiply, 2).nests[0], Opcode::add) == 1);
}

TEST_CASE("conditions and accesses that are decided by the trips") {
  Kernel kernel{.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
  const ScalarType type = ScalarType::signed_integer(8);
  const auto values = std::make_shared<const std::vector<std::uint64_t>>(std::vector<std::uint64_t>{7, 8, 9});
  const ArrayId w = add_array(kernel, {"w", type, {3}, ArrayRole::weight, "", values});
  const ArrayId y = add_array(kernel, {"y", type, {4}, ArrayRole::output, "y", nullptr});
  NestBuilder nest(kernel, "n");
  const AffineExpr i = nest.loop("i", 4);
  const Value always = nest.guard({is_nonnegative(i), is_nonnegative(AffineExpr(3) - i)});
  const Value never = nest.guard({is_zero(i), is_nonnegative(i - 4)});
  const Value sometimes = nest.guard({is_nonnegative(i), is_zero(i - 2)});
  const Value chosen = nest.select(never, nest.load(w, {i}, never), nest.load(w, {1}));
  nest.store(y, {i}, nest.select(sometimes, nest.load(w, {2}, sometimes), chosen), always);
  nest.store(y, {i + 4}, chosen, never);
  REQUIRE(to_string(verify(kernel)) == "");
  CHECK(fold_operations(kernel) > 0);
  remove_dead_operations(kernel.nests[0]);
  REQUIRE(to_string(verify(kernel)) == "");
  const Nest& now = kernel.nests[0];
  CHECK(count(now, Opcode::store) == 1);
  CHECK(count(now, Opcode::load) == 0);
  CHECK(count(now, Opcode::select) == 1);
  CHECK(count(now, Opcode::guard) == 1);
  CHECK(std::ranges::find(now.body, Opcode::guard, &Op::code)->conditions.size() == 1);
  ArrayContents contents = initial_contents(kernel);
  REQUIRE(to_string(execute(kernel, contents)) == "");
  CHECK(contents[y.index()] == std::vector<std::uint64_t>{8, 8, 9, 8});
}
