#include "frontend/loops/stream_sums.hpp"

#include <doctest/doctest.h>

#include "frontend/loops/accumulation.hpp"
#include "frontend/loops/coarsen_tokens.hpp"
#include "frontend/loops/parallelism.hpp"
#include "frontend/loops/rotation.hpp"
#include "frontend/loops/unroll.hpp"
#include "tests/frontend/loops/random_cases.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr std::int64_t kTurn = 16;  // cycles

/// An operator that reduces over rows of its first operand, which another makes as `made` says.
struct StreamCase {
  OpCase op;
  MadeTensor made;

  [[nodiscard]] std::size_t stream(Kernel& kernel) const { return stream_sums(kernel, {{"x0", made}}, kTurn); }
};

StreamCase flattened_product(ElementType element, Random& random) {
  const MadeTensor made{{1, random_int(1, 4, random), random_int(2, 5, random), random_int(1, 5, random)}, {0, 2}};
  const std::int64_t depth = element_count(made.shape), columns = random_int(1, 4, random);
  const std::int64_t transposed = random_int(0, 1, random);
  const Shape b = transposed == 1 ? Shape{columns, depth} : Shape{depth, columns};
  OpCase op{.op = "Gemm",
            .attributes = {{"transB", transposed}},
            .operands = {random_tensor(element, {1, depth}, random, -9, 9), random_tensor(element, b, random, -9, 9),
                         random_tensor(element, {columns}, random, -9, 9)},
            .constant = {false, true, true},
            .epilogues = {}};
  if (random_int(0, 1, random) == 1) op.epilogues.push_back({"Relu", {}, {}});
  return {std::move(op), made};
}

StreamCase image_reduction(ElementType element, Random& random) {
  constexpr std::array kOps{"ReduceSum", "ReduceMax", "ReduceMin"};
  const Shape shape{random_int(1, 2, random), random_int(2, 5, random), random_int(2, 6, random),
                    random_int(1, 5, random)};
  const std::vector<std::int64_t> axes =
      random_int(0, 1, random) == 1 ? std::vector<std::int64_t>{2, 3} : std::vector<std::int64_t>{2};
  return {{.op = kOps[static_cast<std::size_t>(random_int(0, 2, random))],
           .attributes = {{"axes", axes}, {"keepdims", std::int64_t{random_int(0, 1, random)}}},
           .operands = {random_tensor(element, shape, random, -2, 2)},
           .constant = {},
           .opset = 11,
           .epilogues = {}},
          {shape, {0, 2}}};
}

StreamCase row_reduction(ElementType element, Random& random) {
  const Shape shape{random_int(2, 6, random), random_int(1, 4, random), random_int(2, 19, random)};
  return {{.op = "ReduceSum",
           .attributes = {{"axes", std::vector<std::int64_t>{0}}},
           .operands = {random_tensor(element, shape, random, -2, 2)},
           .constant = {},
           .opset = 11,
           .epilogues = {}},
          {shape, {0, 1}}};
}

StreamCase mean(Random& random) {
  const Shape shape{1, random_int(1, 9, random), random_int(2, 6, random), random_int(1, 5, random)};
  return {{.op = "GlobalAveragePool",
           .attributes = {},
           .operands = {random_tensor(ElementType::float32, shape, random, -9, 9)},
           .constant = {},
           .epilogues = {}},
          {shape, {0, 2}}};
}

/// On whole numbers, so that sums are exact in any order.
StreamCase stream_case(ElementType element, Random& random) {
  const int kind = random_int(0, element == ElementType::float32 ? 3 : 2, random);
  StreamCase test = kind == 0   ? flattened_product(element, random)
                    : kind == 1 ? image_reduction(element, random)
                    : kind == 2 ? row_reduction(element, random)
                                : mean(random);
  test.op = whole_numbers(std::move(test.op));
  return test;
}

ElementType element_of(int seed) { return seed % 2 == 0 ? ElementType::float32 : ElementType::int32; }

std::int64_t reads(const Kernel& kernel) { return token_count(kernel) * iteration_count(kernel.nests[0]); }

}  // namespace

TEST_CASE("sums that take row after row are the same, in as many iterations") {
  Random random(1);
  int streamed = 0;
  for (int seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    const StreamCase test = stream_case(element_of(seed), random);
    OpRun run = run_op(test.op);
    const auto before = run.actual;
    const std::int64_t firings = token_count(*run.kernel), iterations = reads(*run.kernel);
    if (test.stream(*run.kernel) == 0) continue;
    ++streamed;
    const Diagnostics errors = verify(*run.kernel);
    REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(*run.kernel));
    CHECK(token_count(*run.kernel) > firings);
    CHECK(reads(*run.kernel) == iterations);
    execute_kernel(test.op, run);
    CHECK(run.actual == before);
  }
  CHECK(streamed > 120);
}

TEST_CASE("streamed sums bear lanes and rotation as others do") {
  Random random(2);
  int lanes = 0;
  int rotations = 0;
  for (int seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    const StreamCase test = stream_case(element_of(seed), random);
    OpRun run = run_op(test.op);
    const auto before = run.actual;
    if (test.stream(*run.kernel) == 0) continue;
    const Nest& nest = run.kernel->nests[0];
    Parallelism parallelism = no_parallelism(*run.kernel);
    for (std::size_t loop = 0; loop < nest.loops.size(); ++loop) {
      CHECK(can_unroll(*run.kernel, nest, loop));
      parallelism.lanes[0][loop] = random_int(1, 3, random);
    }
    parallelise(*run.kernel, parallelism);
    lanes += parallelism == no_parallelism(*run.kernel) ? 0 : 1;
    Diagnostics errors = verify(*run.kernel);
    REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(*run.kernel));
    execute_kernel(test.op, run);
    CHECK(run.actual == before);
    if (!rotate_accumulations(*run.kernel, 0, {random_int(2, 9, random), true})) continue;
    ++rotations;
    errors = verify(*run.kernel);
    REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(*run.kernel));
    execute_kernel(test.op, run);
    CHECK(run.actual == before);
  }
  CHECK(lanes > 80);
  CHECK(rotations > 60);
}

TEST_CASE("firings of streamed sums depend on each other: they are not made coarser") {
  Random random(3);
  const OpCase op{.op = "ReduceSum",
                  .attributes = {{"axes", std::vector<std::int64_t>{2, 3}}},
                  .operands = {random_tensor(ElementType::float32, {1, 8, 4, 5}, random)},
                  .constant = {},
                  .opset = 11,
                  .epilogues = {}};
  OpRun run = run_op(op);
  const std::int64_t results = 64;
  CHECK(coarsening_for(*run.kernel, 8, results) == 1);  // one firing
  REQUIRE(stream_sums(*run.kernel, {{"x0", {{1, 8, 4, 5}, {0, 2}}}}, kTurn) == 1);
  CHECK(token_count(*run.kernel) == 4);
  CHECK(coarsening_for(*run.kernel, 8, results) == 1);
  CHECK(keeps_results(run.kernel->nests[0]));
  CHECK_FALSE(updates_an_array(*run.kernel, run.kernel->nests[0]));
}

TEST_CASE("sums are not streamed where nothing comes in rows, or where it does not pay") {
  Random random(4);
  const auto product = [&](std::int64_t depth, std::int64_t columns) {
    return OpCase{.op = "MatMul",
                  .attributes = {},
                  .operands = {random_tensor(ElementType::float32, {1, depth}, random),
                               random_tensor(ElementType::float32, {depth, columns}, random)},
                  .constant = {false, true},
                  .epilogues = {}};
  };
  const auto streams = [&](const OpCase& op, const std::map<std::string, MadeTensor>& made) {
    OpRun run = run_op(op);
    const std::string before = to_string(*run.kernel);
    const bool changed = stream_sums(*run.kernel, made, kTurn) > 0;
    CHECK(changed == (to_string(*run.kernel) != before));
    return changed;
  };
  CHECK(streams(product(60, 7), {{"x0", {{1, 3, 4, 5}, {0, 2}}}}));
  CHECK_FALSE(streams(product(60, 7), {}));
  CHECK_FALSE(streams(product(60, 7), {{"x0", {{1, 60}, {0}}}}));
  CHECK_FALSE(streams(product(60, 7), {{"x0", {{1, 3, 4, 5}, {}}}}));
  CHECK_FALSE(streams(product(60, 31), {{"x0", {{1, 3, 4, 5}, {0, 2}}}}));  // many results
  CHECK_FALSE(streams(product(60, 1), {{"x0", {{1, 3, 4, 5}, {0, 2}}}}));   // short firings
  OpRun many = run_op(product(60, 7));
  CHECK(stream_sums(*many.kernel, {{"x0", {{1, 3, 4, 5}, {0, 2}}}}, 106) == 0);
  CHECK(stream_sums(*many.kernel, {{"x0", {{1, 3, 4, 5}, {0, 2}}}}, 105) == 1);  // iterations of a firing
  OpCase two = product(60, 7);
  two.constant = {};
  CHECK_FALSE(streams(two, {{"x0", {{1, 3, 4, 5}, {0, 2}}}}));
}
