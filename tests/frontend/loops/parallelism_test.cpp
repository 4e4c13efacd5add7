#include "frontend/loops/parallelism.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "frontend/loops/partition.hpp"
#include "tests/frontend/loops/random_cases.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

std::int64_t count(const Nest& nest, Opcode code) { return std::ranges::count(nest.body, code, &Op::code); }

Kernel matrix_product(std::int64_t m, std::int64_t k, std::int64_t n) {
  Random random(51);
  return *run_op({.op = "MatMul",
                  .attributes = {},
                  .operands = {random_tensor(ElementType::float32, {m, k}, random),
                               random_tensor(ElementType::float32, {k, n}, random)},
                  .constant = {},
                  .epilogues = {}})
              .kernel;
}

}  // namespace

TEST_CASE("all loops at once: firings, columns and the whole sum") {
  Kernel kernel = matrix_product(4, 4, 4);
  parallelise(kernel, {2, {{2, 4}}});
  const Nest& nest = kernel.nests[0];
  CHECK(to_string(verify(kernel)) == "");
  CHECK(token_count(kernel) * iteration_count(nest) == 4);
  CHECK(count(nest, Opcode::multiply) == 16);
  CHECK(count(nest, Opcode::delay) == 0);
}

TEST_CASE("with its own banks each lane has a port for itself") {
  const Kernel before = matrix_product(6, 8, 12);
  for (const Parallelism& parallelism : {Parallelism{1, {{4, 2}}}, {3, {{3, 1}}}, {2, {{12, 8}}}, {1, {{5, 3}}}}) {
    Kernel kernel = before;
    parallelise(kernel, parallelism);
    for (std::size_t a = 0; a < before.arrays.size(); ++a)
      partition(kernel, ArrayId(a), banking_for(before, parallelism, ArrayId(a)));
    CHECK(to_string(verify(kernel)) == "");
    for (std::size_t a = 0; a < kernel.arrays.size(); ++a)
      CHECK(std::ranges::count(kernel.nests[0].body, ArrayId(a), &Op::array) <= 1);
  }
}
