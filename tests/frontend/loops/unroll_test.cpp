#include "frontend/loops/unroll.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/kernel/builder.hpp"
#include "frontend/loops/clean_up.hpp"
#include "frontend/loops/compare_runs.hpp"
#include "frontend/loops/loop_pass.hpp"
#include "frontend/loops/parallelism.hpp"
#include "frontend/loops/rotation.hpp"
#include "frontend/ops/loop_parts.hpp"
#include "tests/frontend/loops/random_cases.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

std::int64_t count(const Nest& nest, Opcode code) { return std::ranges::count(nest.body, code, &Op::code); }

void check_verified(const Kernel& kernel) {
  const Diagnostics errors = verify(kernel);
  REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(kernel));
}

}  // namespace

TEST_CASE("unrolling any loops by any factors keeps the results") {
  Random random(11);
  int unrolled = 0;
  for (int seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    const OpCase test = whole_numbers(random_case(seed % 2 == 0 ? ElementType::int32 : ElementType::float32, random));
    OpRun run = run_op(test);
    Kernel& kernel = *run.kernel;
    for (int times = 0; times < 3; ++times) {
      const auto loops = static_cast<int>(kernel.nests[0].loops.size());
      if (loops == 0) break;
      const auto loop = static_cast<std::size_t>(random_int(0, loops - 1, random));
      if (!can_unroll(kernel, kernel.nests[0], loop)) continue;
      unroll(kernel, 0, loop, random_int(2, 5, random), random_int(0, 1, random) == 1 ? Lanes::cyclic : Lanes::blocks);
      ++unrolled;
      check_verified(kernel);
      if (random_int(0, 1, random) == 1) remove_common_subexpressions(kernel.nests[0]);
      if (random_int(0, 1, random) == 1) remove_dead_operations(kernel.nests[0]);
      check_verified(kernel);
    }
    if (random_int(0, 1, random) == 1) fold_guards(kernel.nests[0]);
    remove_dead_operations(kernel.nests[0]);
    if (random_int(0, 1, random) == 1) rotate_accumulations(kernel, 0, {random_int(2, 12, random), true});
    check_verified(kernel);
    execute_kernel(test, run);
    check_equal(run);
  }
  CHECK(unrolled > 600);
}

TEST_CASE("lanes share what they have in common") {
  Random random(12);
  const OpCase test{.op = "MatMul",
                    .attributes = {},
                    .operands = {random_tensor(ElementType::float32, {3, 8}, random),
                                 random_tensor(ElementType::float32, {8, 12}, random)},
                    .constant = {},
                    .epilogues = {}};
  OpRun run = run_op(test);
  Nest& nest = run.kernel->nests[0];
  unroll(*run.kernel, 0, 0, 4);  // columns
  unroll(*run.kernel, 0, 1, 2);  // the sum
  remove_common_subexpressions(nest);
  remove_dead_operations(nest);
  CHECK(iteration_count(nest) == 3 * 4);
  CHECK(count(nest, Opcode::multiply) == 8);
  CHECK(count(nest, Opcode::add) == 8);  // one of each lane's pair, one of its accumulation
  CHECK(count(nest, Opcode::load) == 2 + 8);
  CHECK(count(nest, Opcode::store) == 4);
  CHECK(count(nest, Opcode::guard) == 2);
  execute_kernel(test, run);
  check_close(run, 1e-5);
}

TEST_CASE("a sum that is done at once has one addition less than terms") {
  Random random(13);
  const auto additions = [&](const OpCase& test, std::size_t first) {
    OpRun run = run_op(test);
    Parallelism all = no_parallelism(*run.kernel);
    Nest& nest = run.kernel->nests[0];
    for (std::size_t loop = first; loop < nest.loops.size(); ++loop) all.lanes[0][loop] = nest.loops[loop].trip;
    parallelise(*run.kernel, all);
    REQUIRE(to_string(run_loop_passes(*run.kernel, {.skip = {}, .check = true, .after = {}})) == "");
    execute_kernel(test, run);
    check_close(run, 1e-5);
    return count(run.kernel->nests[0], Opcode::add);
  };
  for (const std::int64_t terms : {2, 4, 16, 17, 40}) {
    CAPTURE(terms);
    const Tensor a = random_tensor(ElementType::float32, {4, terms}, random);
    const Tensor b = random_tensor(ElementType::float32, {terms, 4}, random);
    CHECK(additions({.op = "MatMul", .attributes = {}, .operands = {a, b}, .constant = {}, .epilogues = {}}, 1) ==
          terms - 1);
    const Attributes rows{{"axes", std::vector<std::int64_t>{1}}};
    CHECK(additions({.op = "ReduceMean", .attributes = rows, .operands = {a}, .constant = {}, .epilogues = {}}, 0) ==
          terms - 1);
    CHECK(additions({.op = "ReduceSumSquare", .attributes = rows, .operands = {a}, .constant = {}, .epilogues = {}},
                    0) == terms - 1);
  }
  for (const std::int64_t channels : {1, 3}) {
    const Tensor x = random_tensor(ElementType::float32, {1, channels, 5, 5}, random);
    const Tensor w = random_tensor(ElementType::float32, {2, channels, 3, 3}, random);
    CHECK(additions({.op = "Conv", .attributes = {}, .operands = {x, w}, .constant = {false, true}, .epilogues = {}},
                    2) == 9 * channels - 1);
  }
}

namespace {

/// s[r] = x[r][0] + x[r][1] + .., and on the way twice each element, at y[r][c], or at y[r][0] one after another.
Kernel sum_that_stores(bool own_elements) {
  Kernel kernel;
  kernel.name = "sums";
  const ScalarType type = ScalarType::signed_integer(32);
  const ArrayId x = add_array(kernel, {"x", type, {3, 10}, ArrayRole::input, "x", {}});
  const ArrayId y = add_array(kernel, {"y", type, {3, 10}, ArrayRole::output, "y", {}});
  const ArrayId sums = add_array(kernel, {"s", type, {3}, ArrayRole::output, "s", {}});
  NestBuilder nest(kernel, "sum");
  const std::vector<AffineExpr> index{nest.loop("r", 3), nest.loop("c", 10)};
  const std::vector<AffineExpr> terms{index[1]};
  const Value element = nest.load(x, index);
  nest.store(y, {index[0], own_elements ? index[1] : AffineExpr(0)}, nest.add(element, element));
  const Value sum = reduce(nest, Opcode::add, terms, empty_sum(nest, type), element);
  nest.store(sums, {index[0]}, sum, last_iteration(nest, terms));
  return kernel;
}

}  // namespace

TEST_CASE("a sum may store an element of its own for each term, and has lanes all the same") {
  for (const std::int64_t lanes : {2, 3, 5, 10}) {
    CAPTURE(lanes);
    Kernel kernel = sum_that_stores(true);
    const Kernel before = kernel;
    REQUIRE(can_unroll(kernel, kernel.nests[0], 1));
    unroll(kernel, 0, 1, lanes);
    check_verified(kernel);
    CHECK(count(kernel.nests[0], Opcode::store) == lanes + 1);
    CHECK(to_string(compare_runs(before, kernel)) == "");
  }
  const Kernel same_element = sum_that_stores(false);
  CHECK(!can_unroll(same_element, same_element.nests[0], 1));
}
