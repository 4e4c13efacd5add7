#include "core/kernel/affine.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/kernel/odometer.hpp"
#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

AffineExpr random_expr(std::mt19937& random, std::size_t iterators) {
  AffineExpr expr(pick(random, -20, 20));
  for (std::size_t i = 0; i < iterators; ++i) expr += AffineExpr::iterator(i) * pick(random, -5, 5);
  return expr;
}

std::vector<std::int64_t> random_point(std::mt19937& random, std::size_t count) {
  std::vector<std::int64_t> point;
  for (std::size_t i = 0; i < count; ++i) point.push_back(pick(random, 0, 9));
  return point;
}

}  // namespace

TEST_CASE("expressions compute like what they are made of") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    const auto a = random_expr(random, 3);
    const auto b = random_expr(random, 4);
    const auto at = random_point(random, 4);
    const int factor = pick(random, -3, 3);
    CHECK((a + b).evaluate(at) == a.evaluate(at) + b.evaluate(at));
    CHECK((a - b).evaluate(at) == a.evaluate(at) - b.evaluate(at));
    CHECK((a * factor).evaluate(at) == factor * a.evaluate(at));
    CHECK(a + b - b == a);
    CHECK(a - a == AffineExpr(0));
  }
}

TEST_CASE("equal expressions are equal whatever iterators they once had") {
  const auto i = AffineExpr::iterator(0);
  const auto k = AffineExpr::iterator(5);
  CHECK(i + k - k == i);
  CHECK((i + k - k).iterator_count() == 1);
  CHECK((k * 0).iterator_count() == 0);
  CHECK(k.coefficient(5) == 1);
  CHECK(k.coefficient(9) == 0);
}

TEST_CASE("ranges are reached at both ends and never left") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    const std::vector<std::int64_t> trips{pick(random, 1, 4), pick(random, 1, 4), pick(random, 1, 4)};
    const auto expr = random_expr(random, 3);
    AffineExpr::Range seen{expr.evaluate(std::vector<std::int64_t>(3, 0)),
                           expr.evaluate(std::vector<std::int64_t>(3, 0))};
    Odometer odometer(trips, 0);
    do {
      const auto value = expr.evaluate(odometer.iterators());
      seen = {std::min(seen.low, value), std::max(seen.high, value)};
    } while (odometer.step() >= 0);
    CHECK(expr.range(trips) == seen);
  }
}

TEST_CASE("expressions read like formulas") {
  const std::vector<std::string> names{"oh", "kh"};
  const auto oh = AffineExpr::iterator(0);
  const auto kh = AffineExpr::iterator(1);
  CHECK(to_string(oh * 2 + kh - AffineExpr(1), names) == "2*oh + kh - 1");
  CHECK(to_string(AffineExpr(3) - oh, names) == "-oh + 3");
  CHECK(to_string(kh * -4, names) == "-4*kh");
  CHECK(to_string(AffineExpr(0), names) == "0");
  CHECK(to_string(AffineExpr(-7), names) == "-7");
}
