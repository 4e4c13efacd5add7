#include "frontend/loops/partition.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/kernel/interpreter.hpp"
#include "frontend/loops/bank_access.hpp"
#include "frontend/loops/clean_up.hpp"
#include "frontend/loops/rotation.hpp"
#include "frontend/loops/unroll.hpp"
#include "tests/frontend/loops/random_cases.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

void check_verified(const Kernel& kernel) {
  const Diagnostics errors = verify(kernel);
  REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(kernel));
}

/// Contents of a kernel's arrays whose inputs have the numbers 1, 2, ... (of their tensor) as elements.
ArrayContents counted(const Kernel& kernel) {
  ArrayContents contents = initial_contents(kernel);
  for (std::size_t a = 0; a < contents.size(); ++a) {
    const Array& array = kernel.arrays[a];
    if (array.role != ArrayRole::input) continue;
    const auto elements =
        array.bank ? elements_of(array.bank->banking, array.bank->number) : elements_of(one_bank(array.shape), 0);
    for (std::size_t i = 0; i < elements.size(); ++i) {
      const std::int64_t value = (elements[i] * 7 + 3) % 19 - 9;
      contents[a][i] = array.type.is_float() ? fp::from_double(array.type.format(), static_cast<double>(value))
                                             : from_int64(array.type, value);
    }
  }
  return contents;
}

/// The output tensor, from one array or from all banks.
std::vector<std::uint64_t> result(const Kernel& kernel, const ArrayContents& contents) {
  std::vector<std::uint64_t> all;
  for (std::size_t a = 0; a < contents.size(); ++a) {
    const Array& array = kernel.arrays[a];
    if (array.role != ArrayRole::output) continue;
    if (!array.bank) return contents[a];
    const auto elements = elements_of(array.bank->banking, array.bank->number);
    all.resize(static_cast<std::size_t>(element_count(array.bank->banking.shape)));
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (elements[i] >= 0) all[static_cast<std::size_t>(elements[i])] = contents[a][i];
    }
  }
  return all;
}

std::vector<std::uint64_t> run(const Kernel& kernel) {
  ArrayContents contents = counted(kernel);
  const Diagnostics errors = execute(kernel, contents);
  REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(kernel));
  return result(kernel, contents);
}

Banking random_banking(const Shape& shape, Random& random) {
  Banking banking = one_bank(shape);
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (random_int(0, 1, random) == 0) continue;
    banking.dimensions[d] = {random_int(1, 4, random), random_int(1, std::max<std::int64_t>(1, shape[d] / 2), random)};
  }
  return banking;
}

std::int64_t accesses(const Nest& nest, const Kernel& kernel, const std::string& prefix, bool stores) {
  return std::ranges::count_if(nest.body, [&](const Op& op) {
    return op.array.valid() && (op.code == Opcode::store) == stores && kernel.array(op.array).name.starts_with(prefix);
  });
}

}  // namespace

TEST_CASE("arrays in banks of any kind keep the results") {
  Random random(21);
  int banks = 0;
  for (int seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    Kernel kernel = *run_op(random_case(seed % 2 == 0 ? ElementType::int32 : ElementType::float32, random)).kernel;
    for (int times = 0; times < 2 && !kernel.nests[0].loops.empty(); ++times) {
      const auto loop = static_cast<std::size_t>(random_int(0, std::ssize(kernel.nests[0].loops) - 1, random));
      if (can_unroll(kernel, kernel.nests[0], loop)) unroll(kernel, 0, loop, random_int(1, 4, random));
    }
    if (random_int(0, 1, random) == 1) rotate_accumulations(kernel, 0, {random_int(2, 6, random), true});
    remove_common_subexpressions(kernel.nests[0]);
    const auto expected = run(kernel);
    const std::size_t arrays = kernel.arrays.size();
    for (std::size_t a = 0; a < arrays; ++a) {
      if (!can_partition(kernel, ArrayId(a))) continue;
      const Banking banking = random_banking(kernel.arrays[a].shape, random);
      partition(kernel, ArrayId(a), banking);
      if (bank_count(banking) > 1) ++banks;
    }
    check_verified(kernel);
    CHECK(run(kernel) == expected);
    remove_common_subexpressions(kernel.nests[0]);
    remove_dead_operations(kernel.nests[0]);
    check_verified(kernel);
    CHECK(run(kernel) == expected);
  }
  CHECK(banks > 500);
}

TEST_CASE("lanes in blocks have a bank each") {
  Random random(22);
  const OpCase test{.op = "MatMul",
                    .attributes = {},
                    .operands = {random_tensor(ElementType::float32, {3, 8}, random),
                                 random_tensor(ElementType::float32, {8, 12}, random)},
                    .constant = {false, true},
                    .epilogues = {}};
  Kernel kernel = *run_op(test).kernel;
  unroll(kernel, 0, 0, 4);  // columns
  unroll(kernel, 0, 1, 2);  // the sum
  remove_common_subexpressions(kernel.nests[0]);
  partition(kernel, ArrayId(0), {{3, 8}, {{1, 1}, {2, 4}}});
  partition(kernel, ArrayId(1), {{8, 12}, {{2, 4}, {4, 3}}});
  partition(kernel, ArrayId(2), {{3, 12}, {{1, 1}, {4, 3}}});
  remove_common_subexpressions(kernel.nests[0]);
  check_verified(kernel);
  const Nest& nest = kernel.nests[0];
  CHECK(kernel.arrays.size() == 2 + 8 + 4);
  for (std::size_t a = 0; a < kernel.arrays.size(); ++a) {
    CHECK(std::ranges::count(nest.body, ArrayId(a), &Op::array) == 1);
  }
  CHECK(std::ranges::none_of(nest.body, [](const Op& op) { return op.code == Opcode::lookup; }));
}

TEST_CASE("neighbouring windows read one element of each bank at a time") {
  Random random(23);
  const OpCase test{.op = "Conv",
                    .attributes = {{"pads", std::vector<std::int64_t>(4, 1)}},
                    .operands = {random_tensor(ElementType::float32, {1, 2, 8, 8}, random),
                                 random_tensor(ElementType::float32, {3, 2, 3, 3}, random)},
                    .constant = {false, true},
                    .epilogues = {}};
  Kernel kernel = *run_op(test).kernel;
  REQUIRE(kernel.nests[0].loops[0].name == "ow");
  unroll(kernel, 0, 0, 4);
  remove_common_subexpressions(kernel.nests[0]);
  const auto expected = run(kernel);
  partition(kernel, ArrayId(0), {{1, 2, 8, 8}, {{1, 1}, {1, 1}, {1, 1}, {4, 2}}});
  remove_common_subexpressions(kernel.nests[0]);
  check_verified(kernel);
  CHECK(run(kernel) == expected);
  CHECK(accesses(kernel.nests[0], kernel, "x0", false) == 4);
}

TEST_CASE("loads that exclude each other need one port") {
  Random random(24);
  const OpCase test{.op = "Conv",
                    .attributes = {{"pads", std::vector<std::int64_t>(4, 2)}},
                    .operands = {random_tensor(ElementType::float32, {1, 2, 3, 3}, random),
                                 random_tensor(ElementType::float32, {3, 2, 5, 5}, random)},
                    .constant = {false, true},
                    .epilogues = {}};
  Kernel kernel = *run_op(test).kernel;
  REQUIRE(kernel.nests[0].loops.back().name == "kw");
  unroll(kernel, 0, kernel.nests[0].loops.size() - 1, 2);
  remove_common_subexpressions(kernel.nests[0]);
  CHECK(accesses(kernel.nests[0], kernel, "x0", false) == 2);
  const auto expected = run(kernel);
  join_exclusive_loads(kernel);
  check_verified(kernel);
  CHECK(run(kernel) == expected);
  CHECK(accesses(kernel.nests[0], kernel, "x0", false) == 1);
}

TEST_CASE("conditions that exclude each other") {
  const std::vector<std::int64_t> trips{8, 3};
  const AffineExpr sum = AffineExpr::iterator(0) + AffineExpr::iterator(1);
  using enum Condition::Kind;
  CHECK(never_together(trips, {{sum - 5, nonnegative}, {AffineExpr(4) - sum, nonnegative}}));
  CHECK_FALSE(never_together(trips, {{sum - 5, nonnegative}, {AffineExpr(5) - sum, nonnegative}}));
  CHECK(never_together(trips, {{AffineExpr::iterator(1) - 3, zero}}));
  CHECK_FALSE(never_together(trips, {}));
}
