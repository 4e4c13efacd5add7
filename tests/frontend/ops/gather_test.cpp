#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

using Ints = std::vector<std::int64_t>;

OpCase gather(const Shape& x, const Tensor& indices, std::int64_t axis, bool constant = true) {
  Random random(5);
  return {.op = "Gather",
          .attributes = {{"axis", axis}},
          .operands = {random_tensor(ElementType::int16, x, random, -999, 999), indices},
          .constant = {false, constant},
          .epilogues = {}};
}

bool has_lookup(const OpRun& run) {
  for (const auto& op : run.kernel->nests.at(0).body) {
    if (op.code == Opcode::lookup) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("Gather: a known result") {
  const OpRun run = run_op({.op = "Gather",
                            .attributes = {{"axis", std::int64_t{1}}},
                            .operands = {floats({2, 3}, {0, 1, 2, 3, 4, 5}), int64s({-1, 0})},
                            .constant = {false, true},
                            .epilogues = {}});
  check_equal(run);
  CHECK(run.expected[0].to_doubles() == std::vector<double>{2, 0, 5, 3});
}

TEST_CASE("Gather: known and computed indices of every rank") {
  Random random(1);
  for (int i = 0; i < 60; ++i) {
    const Shape x = random_shape(random_int(1, 4, random), random);
    const int rank = static_cast<int>(x.size());
    const int axis = random_int(-rank, rank - 1, random);
    const auto extent = static_cast<double>(x[static_cast<std::size_t>(axis < 0 ? axis + rank : axis)]);
    const Tensor indices =
        random_tensor(ElementType::int64, random_shape(random_int(0, 2, random), random), random, -extent, extent - 1);
    check_equal(run_op(gather(x, indices, axis, i % 2 == 0)));
  }
}

TEST_CASE("Gather: indices in even steps need no table") {
  CHECK_FALSE(has_lookup(run_op(gather({3, 9, 2}, int64s({1, 3, 5, 7}), 1))));
  CHECK_FALSE(has_lookup(run_op(gather({3, 9, 2}, int64s({4}).reshaped({}), 1))));
  CHECK_FALSE(has_lookup(run_op(gather({3, 9, 2}, int64s({2, 2, 5, 5}), 1))));
  CHECK(has_lookup(run_op(gather({3, 9, 2}, int64s({1, 3, 4, 8}), 1))));
}

TEST_CASE("Gather: refuses an index that is not there") {
  CHECK(refusal(gather({3}, int64s({3}), 0)).find("index 3") != std::string::npos);
}
