#include "frontend/loops/tile.hpp"

#include <doctest/doctest.h>

#include "core/kernel/interpreter.hpp"
#include "frontend/loops/accumulation.hpp"
#include "frontend/loops/compare_runs.hpp"
#include "frontend/loops/permute.hpp"
#include "frontend/loops/rotation.hpp"
#include "frontend/loops/unroll.hpp"
#include "tests/frontend/loops/random_cases.hpp"
#include "tests/frontend/loops/random_kernel.hpp"

using namespace sluice;
using namespace sluice::test;

TEST_CASE("tiles of any size keep every bit, ragged ones under guards or peeled") {
  Random random(31);
  int guarded = 0;
  int peeled = 0;
  for (int seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    const OpRun run = run_op(random_case(seed % 2 == 0 ? ElementType::int32 : ElementType::float32, random));
    Kernel kernel = *run.kernel;
    const Kernel before = kernel;
    for (int times = 0; times < 2; ++times) {
      const auto loops = static_cast<int>(kernel.nests[0].loops.size());
      const auto loop = static_cast<std::size_t>(random_int(0, loops - 1, random));
      const std::int64_t trip = kernel.nests[0].loops[loop].trip;
      const std::int64_t size = random_int(1, 6, random);
      const auto remainder = random_int(0, 1, random) == 0 ? Remainder::guarded : Remainder::peeled;
      if (!can_tile(kernel, kernel.nests[0], loop, size, remainder)) continue;
      const std::size_t nests = kernel.nests.size();
      tile(kernel, 0, loop, size, remainder);
      const bool ragged = size < trip && trip % size != 0;
      guarded += ragged && remainder == Remainder::guarded ? 1 : 0;
      peeled += ragged && remainder == Remainder::peeled ? 1 : 0;
      CHECK(kernel.nests.size() == nests + (ragged && remainder == Remainder::peeled ? 1 : 0));
      if (size < trip) CHECK(kernel.nests[0].loops[loop + 1].trip == size);
    }
    const Diagnostics errors = verify(kernel);
    REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(kernel));
    REQUIRE_MESSAGE(compare_runs(before, kernel).empty(), to_string(before), to_string(kernel));
    const auto found = find_accumulations(kernel, kernel.nests[0]);
    const auto found_before = find_accumulations(before, before.nests[0]);
    REQUIRE(found.has_value() == found_before.has_value());
    if (found && kernel.nests.size() == 1)
      CHECK(gives_results_at_the_end(kernel, kernel.nests[0], *found) ==
            gives_results_at_the_end(before, before.nests[0], *found_before));
  }
  CHECK(guarded > 100);
  CHECK(peeled > 60);
}

TEST_CASE("iterations beyond the end leave a sum of negative zeros as it is") {
  const ScalarType type = ScalarType::floating(kFloat32);
  const std::uint64_t minus_zero = fp::negate(kFloat32, 0);
  Kernel kernel{.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
  const ArrayId x = add_array(kernel, {"x", type, {5}, ArrayRole::input, "x", nullptr});
  const ArrayId y = add_array(kernel, {"y", type, {1}, ArrayRole::output, "y", nullptr});
  NestBuilder nest(kernel, "n");
  const AffineExpr i = nest.loop("i", 5);
  const Value before = nest.delay(type, 1);
  const Value start = nest.select(nest.guard({is_zero(i)}), nest.constant(type, minus_zero), before);
  const Value sum = nest.add(start, nest.load(x, {i}));
  nest.close(before, sum);
  nest.store(y, {0}, sum, nest.guard({is_zero(i - 4)}));
  REQUIRE(can_tile(kernel, kernel.nests[0], 0, 2, Remainder::guarded));
  CHECK_FALSE(can_tile(kernel, kernel.nests[0], 0, 2, Remainder::peeled));
  tile(kernel, 0, 0, 2, Remainder::guarded);
  ArrayContents contents = initial_contents(kernel);
  contents[0].assign(5, minus_zero);
  REQUIRE(to_string(execute(kernel, contents)) == "");
  CHECK(contents[1][0] == minus_zero);
}

TEST_CASE("tiles of random kernels") {
  Random random(32);
  int ragged = 0;
  for (std::uint32_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    const Kernel before = random_kernel(seed, 15);
    Kernel kernel = before;
    for (std::size_t n = kernel.nests.size(); n-- > 0;) {
      const auto loops = static_cast<int>(kernel.nests[n].loops.size());
      if (loops == 0) continue;
      const auto loop = static_cast<std::size_t>(random_int(0, loops - 1, random));
      const std::int64_t size = random_int(1, 4, random);
      const auto remainder = random_int(0, 1, random) == 0 ? Remainder::guarded : Remainder::peeled;
      if (!can_tile(kernel, kernel.nests[n], loop, size, remainder)) continue;
      ragged += kernel.nests[n].loops[loop].trip % size != 0 ? 1 : 0;
      tile(kernel, n, loop, size, remainder);
    }
    const Diagnostics errors = verify(kernel);
    REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(kernel));
    REQUIRE_MESSAGE(compare_runs(before, kernel).empty(), to_string(before), to_string(kernel));
  }
  CHECK(ragged > 30);
}

TEST_CASE("what is tiled can be interchanged, unrolled and rotated") {
  Random random(33);
  int interchanged = 0;
  for (int seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const OpCase test = whole_numbers(random_case(ElementType::int32, random));
    OpRun run = run_op(test);
    Kernel& kernel = *run.kernel;
    if (!can_tile(kernel, kernel.nests[0], 0, 2, Remainder::guarded) || kernel.nests[0].loops[0].trip < 3) continue;
    tile(kernel, 0, 0, 2, Remainder::guarded);
    std::vector<std::size_t> order(kernel.nests[0].loops.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i < 2 ? 1 - i : i;
    if (can_permute(kernel, kernel.nests[0], order)) {
      permute(kernel, 0, order);
      ++interchanged;
    }
    const auto loop = static_cast<std::size_t>(random_int(0, static_cast<int>(order.size()) - 1, random));
    if (can_unroll(kernel, kernel.nests[0], loop)) unroll(kernel, 0, loop, random_int(2, 3, random));
    if (random_int(0, 1, random) == 1) rotate_accumulations(kernel, 0, {random_int(2, 6, random), true});
    REQUIRE(to_string(verify(kernel)) == "");
    execute_kernel(test, run);
    check_equal(run);
  }
  CHECK(interchanged > 40);
}

TEST_CASE("a remainder is peeled where more iterations are lost than the pipeline takes to drain") {
  Nest nest;
  nest.loops = {{"i", 10}, {"j", 100}};
  CHECK(cheaper_remainder(nest, 0, 4, 150) == Remainder::peeled);  // 2 * 100 lost
  CHECK(cheaper_remainder(nest, 0, 4, 250) == Remainder::guarded);
  CHECK(cheaper_remainder(nest, 1, 7, 49) == Remainder::peeled);  // 5 * 10 lost
  CHECK(cheaper_remainder(nest, 1, 7, 50) == Remainder::guarded);
  CHECK(cheaper_remainder(nest, 0, 5, 0) == Remainder::guarded);  // nothing is lost
}
