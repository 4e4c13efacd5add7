#include "systemgen/choose/budget.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>

using namespace sluice;

namespace {

using Fronts = std::vector<std::vector<KernelPoint>>;

KernelPoint point(std::int64_t multipliers, std::int64_t iterations) { return {{}, multipliers, iterations, 0}; }

Fronts random_fronts(std::mt19937& random) {
  const auto from = [&](int low, int high) { return std::uniform_int_distribution<std::int64_t>(low, high)(random); };
  Fronts fronts;
  for (auto kernels = from(1, 4); kernels > 0; --kernels) {
    std::vector<KernelPoint> front;
    std::int64_t multipliers = 0;
    std::int64_t iterations = from(200, 400);
    for (auto points = from(1, 5); points > 0; --points) {
      multipliers += from(1, 4);
      iterations -= from(1, 39);
      front.push_back(point(multipliers, iterations));
    }
    fronts.push_back(std::move(front));
  }
  return fronts;
}

std::int64_t sum_of_iterations(const Fronts& fronts, const Choice& choice) {
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < fronts.size(); ++k) sum += fronts[k][choice[k]].iterations;
  return sum;
}

/// The least sum of iterations of all choices.
std::int64_t least(const Fronts& fronts, std::size_t kernel, std::int64_t multipliers) {
  if (multipliers < 0) return std::numeric_limits<std::int64_t>::max() / 2;
  if (kernel == fronts.size()) return 0;
  std::int64_t best = std::numeric_limits<std::int64_t>::max() / 2;
  for (const auto& each : fronts[kernel])
    best = std::min(best, each.iterations + least(fronts, kernel + 1, multipliers - each.multipliers));
  return best;
}

}  // namespace

TEST_CASE("no choice within the budget is faster") {
  std::mt19937 random(31);
  for (int seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    const Fronts fronts = random_fronts(random);
    const BudgetTable table(fronts, 40);
    for (auto multipliers = table.least(); multipliers <= table.most(); ++multipliers) {
      const Choice choice = table.choice(multipliers);
      CHECK(multipliers_of(fronts, choice) <= multipliers);
      CHECK(sum_of_iterations(fronts, choice) == least(fronts, 0, multipliers));
      CHECK(table.iterations(choice) == sum_of_iterations(fronts, choice));
    }
  }
}

TEST_CASE("of kernels that run at the same time the slowest counts") {
  const std::vector<KernelPoint> product{point(1, 256), point(2, 128), point(3, 96), point(4, 60)};
  const Fronts fronts{product, product, {point(1, 10)}};
  const BudgetTable pairs(fronts, 7, {.groups = {0, 0, 1}});
  CHECK(pairs.choice(7) == Choice{2, 2, 0});
  CHECK(pairs.iterations({2, 1, 0}) == 128 + 10);
  CHECK(sum_of_iterations(fronts, BudgetTable(fronts, 7, {.groups = {0, 1, 2}}).choice(7)) == 128 + 60 + 10);
}

TEST_CASE("what does not multiply keeps up at the least price") {
  const Fronts fronts{{point(1, 800), point(8, 100)}, {point(0, 100), point(0, 50), point(0, 25), point(0, 5)}};
  CHECK(BudgetTable(fronts, 1).choice(1) == Choice{0, 0});
  CHECK(BudgetTable(fronts, 8).choice(8) == Choice{1, 2});
  CHECK(BudgetTable(fronts, 8, {.groups = {0, 0}, .part_of_slowest = 1}).choice(8) == Choice{1, 0});
}

TEST_CASE("nothing is made faster than what bounds the interval anyway") {
  const std::vector<KernelPoint> product{point(1, 256), point(2, 128), point(3, 96), point(4, 60)};
  const Fronts fronts{product, product, {point(0, 200), point(0, 90), point(0, 9)}};
  const BudgetTable table(fronts, 8, {.groups = {0, 0, 0}, .floor = 100, .part_of_slowest = 1});
  CHECK(table.choice(8) == Choice{2, 2, 1});
  CHECK(table.iterations(table.choice(8)) == 100);
  const Fronts pool{{point(0, 200), point(0, 90), point(0, 9)}};
  CHECK(BudgetTable(pool, 8, {.floor = 100, .part_of_slowest = 1}).choice(8) == Choice{1});
}
