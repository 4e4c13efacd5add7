#include "frontend/loops/coarsen_tokens.hpp"

#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

OpCase convolution(std::int64_t rows, Random& random) {
  return {.op = "Conv",
          .attributes = {{"pads", std::vector<std::int64_t>{1, 1, 1, 1}}},
          .operands = {random_tensor(ElementType::float32, {2, 2, rows, 3}, random),
                       random_tensor(ElementType::float32, {3, 2, 3, 3}, random)},
          .constant = {},
          .epilogues = {}};
}

}  // namespace

TEST_CASE("coarsening: every factor keeps the results") {
  Random random(1);
  for (const std::int64_t factor : {2, 3, 6}) {
    CAPTURE(factor);
    const OpCase test = convolution(6, random);
    OpRun run = run_op(test);
    const auto before = run.actual;
    const std::int64_t firings = token_count(*run.kernel);
    coarsen_tokens(*run.kernel, factor);
    CHECK(token_count(*run.kernel) == firings / factor);
    const Diagnostics errors = verify(*run.kernel);
    REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(*run.kernel));
    execute_kernel(test, run);
    CHECK(run.actual == before);
  }
}

TEST_CASE("coarsening: the least factor that divides") {
  Random random(2);
  const Kernel kernel = *run_op(convolution(6, random)).kernel;
  CHECK(coarsening_for(kernel, 9, 9) == 1);
  CHECK(coarsening_for(kernel, 9, 10) == 2);
  CHECK(coarsening_for(kernel, 9, 28) == 6);
  CHECK(coarsening_for(kernel, 9, 1000) == 6);
}
