#include "frontend/loops/permute.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "frontend/loops/accumulation.hpp"
#include "frontend/loops/compare_runs.hpp"
#include "tests/frontend/loops/random_cases.hpp"
#include "tests/frontend/loops/random_kernel.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

std::vector<std::size_t> random_order(const Nest& nest, Random& random) {
  std::vector<std::size_t> order(nest.loops.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::shuffle(order, random);
  return order;
}

/// The loops of the reduction, and those outside of it, change places among themselves.
std::vector<std::size_t> random_order_around(const Kernel& kernel, Random& random) {
  std::vector<std::size_t> order(kernel.nests[0].loops.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto found = find_accumulations(kernel, kernel.nests[0]);
  const auto middle = order.begin() + static_cast<std::ptrdiff_t>(found ? found->first_loop : order.size());
  std::shuffle(order.begin(), middle, random);
  if (random_int(0, 1, random) == 1) std::shuffle(middle, order.end(), random);
  return order;
}

/// Loads and stores one scratch array at random places in three loops, and stores what it read.
Kernel random_updates(Random& random) {
  const ScalarType type = ScalarType::signed_integer(16);
  Kernel kernel{.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
  const auto trip = [&] { return static_cast<std::int64_t>(random_int(1, 4, random)); };
  const std::vector<std::int64_t> trips{trip(), trip(), trip()};
  const ArrayId x = add_array(kernel, {"x", type, trips, ArrayRole::input, "x", nullptr});
  const ArrayId a = add_array(kernel, {"a", type, {12, 12}, ArrayRole::scratch, "", nullptr});
  const ArrayId y = add_array(kernel, {"y", type, trips, ArrayRole::output, "y", nullptr});
  NestBuilder nest(kernel, "n");
  std::vector<AffineExpr> loops;
  for (std::size_t i = 0; i < trips.size(); ++i) loops.push_back(nest.loop("l" + std::to_string(i), trips[i]));
  const auto index = [&] {
    AffineExpr expr(random_int(0, 2, random));
    for (const auto& loop : loops) expr += loop * random_int(0, 1, random);
    return expr;
  };
  const Value read = nest.load(a, {index(), index()});
  nest.store(a, {index(), index()}, nest.add(read, nest.load(x, loops)));
  nest.store(y, loops, read);
  return kernel;
}

}  // namespace

TEST_CASE("permutations of accumulations keep the results, and every bit where nothing is regrouped") {
  Random random(21);
  int legal = 0;
  int moved_reductions = 0;
  for (int seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    const OpCase test = whole_numbers(random_case(seed % 4 == 0 ? ElementType::int32 : ElementType::float32, random));
    OpRun run = run_op(test);
    Nest& nest = run.kernel->nests[0];
    const auto order = seed % 3 == 0 ? random_order(nest, random) : random_order_around(*run.kernel, random);
    const bool exact = can_permute(*run.kernel, nest, order, {.reassociate = false});
    if (!can_permute(*run.kernel, nest, order)) {
      CHECK_FALSE(exact);
      continue;
    }
    legal += std::ranges::is_sorted(order) ? 0 : 1;
    moved_reductions += exact ? 0 : 1;
    const Kernel before = *run.kernel;
    permute(*run.kernel, 0, order);
    REQUIRE(to_string(verify(*run.kernel)) == "");
    for (std::size_t i = 0; i < order.size(); ++i) CHECK(nest.loops[i].name == before.nests[0].loops[order[i]].name);
    if (exact) CHECK(to_string(compare_runs(before, *run.kernel)) == "");
    execute_kernel(test, run);
    check_equal(run);
    CHECK(find_accumulations(*run.kernel, nest).has_value() == find_accumulations(before, before.nests[0]).has_value());
  }
  CHECK(legal > 60);
  CHECK(moved_reductions > 20);
}

TEST_CASE("a reduction stays innermost") {
  Random random(22);
  const OpRun run = run_op(random_convolution(ElementType::float32, random));
  const Kernel& kernel = *run.kernel;
  const auto found = find_accumulations(kernel, kernel.nests[0]);
  REQUIRE(found);
  std::vector<std::size_t> order(kernel.nests[0].loops.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  REQUIRE(found->first_loop > 0);
  std::swap(order[found->first_loop - 1], order[found->first_loop]);
  CHECK_FALSE(can_permute(kernel, kernel.nests[0], order));
}

TEST_CASE("arrays that are updated in place keep the order where it matters") {
  Random random(23);
  int legal = 0;
  int refused = 0;
  int needed = 0;
  for (int seed = 0; seed < 1500; ++seed) {
    CAPTURE(seed);
    const Kernel before = random_updates(random);
    REQUIRE(to_string(verify(before)) == "");
    const auto order = random_order(before.nests[0], random);
    const bool allowed = can_permute(before, before.nests[0], order);
    Kernel kernel = before;
    permute(kernel, 0, order);
    const bool same = compare_runs(before, kernel, {.seed = static_cast<std::uint64_t>(seed)}).empty();
    if (allowed) CHECK(same);
    if (std::ranges::is_sorted(order)) continue;
    ++(allowed ? legal : refused);
    needed += allowed || same ? 0 : 1;
  }
  CHECK(legal > 150);
  CHECK(needed * 3 > refused);  // not refused for nothing too often
}

TEST_CASE("loops of random kernels") {
  int legal = 0;
  Random random(24);
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    const Kernel before = random_kernel(seed, 12);
    Kernel kernel = before;
    for (std::size_t n = 0; n < kernel.nests.size(); ++n) {
      const auto order = random_order(kernel.nests[n], random);
      if (!can_permute(kernel, kernel.nests[n], order)) continue;
      legal += std::ranges::is_sorted(order) ? 0 : 1;
      permute(kernel, n, order);
    }
    REQUIRE(to_string(verify(kernel)) == "");
    CHECK(to_string(compare_runs(before, kernel)) == "");
  }
  CHECK(legal > 20);
}
