#include "frontend/loops/view_input.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

OpCase product(const Shape& a, const Shape& b, std::int64_t transposed_b = 0) {
  Random random(3);
  return {.op = "Gemm",
          .attributes = {{"transB", transposed_b}},
          .operands = {random_tensor(ElementType::float32, a, random), random_tensor(ElementType::float32, b, random)},
          .constant = {false, true},
          .epilogues = {}};
}

std::vector<std::int64_t> own_trips(const Kernel& kernel) {
  std::vector<std::int64_t> trips;
  for (const auto& loop : kernel.nests[0].loops) trips.push_back(loop.trip);
  return trips;
}

}  // namespace

TEST_CASE("a flattened input is seen as it was made, and computes the same") {
  for (const std::int64_t transposed : {0, 1}) {
    const OpCase test = product({1, 24}, transposed == 1 ? Shape{5, 24} : Shape{24, 5}, transposed);
    OpRun run = run_op(test);
    const auto before = run.actual;
    REQUIRE(view_input(*run.kernel, ArrayId(0), {1, 2, 3, 4}));
    REQUIRE(to_string(verify(*run.kernel)) == "");
    CHECK(run.kernel->arrays[0].shape == Shape{1, 2, 3, 4});
    CHECK(own_trips(*run.kernel) == std::vector<std::int64_t>{5, 2, 3, 4});
    execute_kernel(test, run);
    CHECK(run.actual == before);
  }
}

TEST_CASE("an input that has the shape stays as it is, and one whose rows are walked over apart can't have another") {
  OpRun run = run_op(product({1, 24}, {24, 5}));
  CHECK(view_input(*run.kernel, ArrayId(0), {1, 24}));
  CHECK(own_trips(*run.kernel) == std::vector<std::int64_t>{5, 24});
  CHECK_FALSE(view_input(*run.kernel, ArrayId(0), {1, 25}));
  OpRun rows = run_op(product({2, 12}, {12, 5}));
  CHECK_FALSE(view_input(*rows.kernel, ArrayId(0), {2, 3, 4}));
  CHECK(rows.kernel->arrays[0].shape == Shape{2, 12});
}
