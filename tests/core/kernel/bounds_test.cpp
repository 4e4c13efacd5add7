#include "core/kernel/bounds.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/kernel/builder.hpp"
#include "core/kernel/odometer.hpp"
#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

bool holds(const Condition& condition, const std::vector<std::int64_t>& at) {
  const auto value = condition.expr.evaluate(at);
  return condition.kind == Condition::Kind::zero ? value == 0 : value >= 0;
}

AffineExpr random_expr(std::mt19937& random, std::size_t iterators) {
  AffineExpr expr(pick(random, -6, 6));
  for (std::size_t i = 0; i < iterators; ++i) expr += AffineExpr::iterator(i) * pick(random, -2, 2);
  return expr;
}

}  // namespace

TEST_CASE("no value under the conditions is outside the range") {
  int narrowed = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::vector<std::int64_t> trips{pick(random, 1, 5), pick(random, 1, 5), pick(random, 1, 4)};
    const auto expr = random_expr(random, 3);
    std::vector<Condition> conditions;
    for (int k = pick(random, 0, 3); k > 0; --k) {
      AffineExpr on = random_expr(random, 3);
      if (pick(random, 0, 2) == 0)
        on = AffineExpr::iterator(static_cast<std::size_t>(pick(random, 0, 2))) * pick(random, -2, 2);
      if (pick(random, 0, 2) == 0) on = expr * (pick(random, 0, 1) ? 1 : -1);
      on += AffineExpr(pick(random, -3, 3));
      conditions.push_back(pick(random, 0, 3) ? is_nonnegative(on) : is_zero(on));
    }
    const auto range = range_under(expr, trips, conditions);
    narrowed += range != expr.range(trips);
    Odometer odometer(trips, 0);
    do {
      const auto& at = odometer.iterators();
      if (!std::all_of(conditions.begin(), conditions.end(), [&](const auto& c) { return holds(c, at); })) continue;
      CHECK(range.low <= expr.evaluate(at));
      CHECK(expr.evaluate(at) <= range.high);
    } while (odometer.step() >= 0);
  }
  CHECK(narrowed > 1000);
}

TEST_CASE("conditions on one iterator and on the expression itself narrow exactly") {
  const auto i = AffineExpr::iterator(0);
  const auto k = AffineExpr::iterator(1);
  const std::vector<std::int64_t> trips{10, 3};
  using Range = AffineExpr::Range;
  CHECK(range_under(i, trips, {is_nonnegative(i - AffineExpr(4))}) == Range{4, 9});
  CHECK(range_under(i, trips, {is_nonnegative(AffineExpr(5) - i * 2)}) == Range{0, 2});
  CHECK(range_under(i * 2 + k, trips, {is_zero(i - AffineExpr(7))}) == Range{14, 16});
  CHECK(range_under(i + k - AffineExpr(1), trips, in_range(i + k - AffineExpr(1), 10)) == Range{0, 9});
  CHECK(range_under(i + k, trips, {is_zero(i + k - AffineExpr(6))}) == Range{6, 6});
  // A condition on a part of the expression, and on half of one.
  const auto j = AffineExpr::iterator(2);
  const std::vector<std::int64_t> with_j{10, 3, 4};
  CHECK(range_under(i + k + j, with_j, {is_nonnegative(AffineExpr(6) - i - k)}) == Range{0, 9});
  CHECK(range_under((i + k) * 2 + j, with_j, {is_nonnegative(AffineExpr(6) - i - k)}) == Range{0, 15});
}

TEST_CASE("guards joined by and imply what each says") {
  Kernel kernel{.name = "k"};
  NestBuilder nest(kernel, "n");
  const auto i = nest.loop("i", 4);
  const Condition low = is_nonnegative(i - AffineExpr(1));
  const Condition high = is_nonnegative(AffineExpr(2) - i);
  const Condition zero = is_zero(i);
  const Value a = nest.guard({low});
  const Value b = nest.guard({high, zero});
  const Value both = nest.binary(Opcode::bit_and, a, b);
  const Value either = nest.binary(Opcode::bit_or, a, b);
  CHECK(implied_conditions(kernel.nests[0], a) == std::vector{low});
  CHECK(implied_conditions(kernel.nests[0], both) == std::vector{low, high, zero});
  CHECK(implied_conditions(kernel.nests[0], either).empty());
  CHECK(implied_conditions(kernel.nests[0], nest.binary(Opcode::bit_and, both, either)) ==
        std::vector{low, high, zero});
}

TEST_CASE("bounds propagate through several iterators, and implied conditions are known") {
  const std::vector<std::int64_t> trips{2, 2, 9};
  const AffineExpr k = AffineExpr::iterator(0), lane = AffineExpr::iterator(1), w = AffineExpr::iterator(2);
  using enum Condition::Kind;
  const std::vector<Condition> conditions{{AffineExpr(1) - k * 2 - lane, nonnegative}, {lane * -1, nonnegative}};
  CHECK(range_under(k + lane + 3, trips, conditions) == AffineExpr::Range{3, 3});
  const Condition narrow{AffineExpr(3) - w - k, nonnegative}, wide{AffineExpr(6) - w - k, nonnegative};
  CHECK(without_implied({wide, narrow}, trips) == std::vector{narrow});
  CHECK(without_implied({narrow, wide}, trips) == std::vector{narrow});
  CHECK(without_implied({{AffineExpr(10) - w, nonnegative}}, trips).empty());
}
