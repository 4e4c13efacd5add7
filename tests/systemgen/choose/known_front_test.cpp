#include "systemgen/choose/known_front.hpp"

#include <doctest/doctest.h>

using namespace sluice;

namespace {

KernelPoint point(std::int64_t lanes, std::int64_t multipliers, std::int64_t iterations) {
  return {.parallelism = {1, {{lanes}}},
          .multipliers = multipliers,
          .iterations = iterations,
          .lanes = lanes,
          .tree_levels = {static_cast<int>(lanes)}};
}

}  // namespace

TEST_CASE("a point counts as it was built, and those with its lanes and more are no better") {
  KnownFront front({point(1, 1, 1200), point(2, 2, 600), point(3, 3, 400), point(4, 4, 300)});
  CHECK(front.points()[2].iterations == 400);
  front.add(0, {1200, 10});
  CHECK(front.points()[0].iterations == 1210);
  CHECK(front.points()[2].iterations == 410);
  front.add(2, {800, 20});
  CHECK(front.points()[1].iterations == 610);
  CHECK(front.points()[2].iterations == 820);
  CHECK(front.points()[3].iterations == 620);
}

TEST_CASE("a point with one multiplier says nothing of those that have all they would like") {
  KernelPoint limited = point(1, 1, 800);
  limited.one_multiplier = true;
  KnownFront front({limited, point(1, 4, 200), point(2, 8, 100)});
  front.add(0, {1600, 50});
  CHECK(front.points()[0].iterations == 1650);
  CHECK(front.points()[1].iterations == 200);
  CHECK(front.points()[2].iterations == 100);
  front.add(1, {200, 30});
  CHECK(front.points()[2].iterations == 130);
}

TEST_CASE("pipelines are as long where trees have as many levels") {
  std::vector<KernelPoint> points{point(1, 1, 1200), point(5, 5, 240), point(6, 6, 200), point(9, 9, 134)};
  const std::vector<int> levels{0, 3, 3, 4};
  for (std::size_t p = 0; p < points.size(); ++p) points[p].tree_levels = {levels[p]};
  KnownFront front(points);
  front.add(2, {200, 30});
  CHECK(front.points()[0].iterations == 1200);
  CHECK(front.points()[1].iterations == 240 + 30);
  CHECK(front.points()[2].iterations == 200 + 30);
  CHECK(front.points()[3].iterations == 134 + 30);
  // Of those that ports slow down, only what has their lanes too.
  KnownFront slow(points);
  slow.add(2, {400, 30});
  CHECK(slow.points()[1].iterations == 240);
  CHECK(slow.points()[2].iterations == 400 + 30);
  CHECK(slow.points()[3].iterations == 268 + 30);
}
