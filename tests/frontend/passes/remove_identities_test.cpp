#include <doctest/doctest.h>

#include "tests/frontend/support/pass_test.hpp"

namespace sluice::test {
namespace {

/// A model that negates x twice, with an operator between, and how many of that operator are left.
int left(const std::string& op, const std::string& middle, const Tensors& initializers = {}) {
  const auto run =
      run_pass("remove-identities",
               "g (float[2,3,4] x) => (float[d0,d1,d2] y) { a = Neg(x) " + middle + " y = Neg(b) }", initializers);
  return count_op(run.after, op);
}

Tensor int64s(const std::vector<std::int64_t>& values) {
  return Tensor::of(ElementType::int64, {static_cast<std::int64_t>(values.size())}, values);
}

}  // namespace

TEST_CASE("remove-identities removes operators that pass their operand on") {
  CHECK(left("Identity", "b = Identity(a)") == 0);
  CHECK(left("Dropout", "b = Dropout(a)") == 0);
  CHECK(left("Cast", "b = Cast <to = 1> (a)") == 0);
  CHECK(left("Concat", "b = Concat <axis = 1> (a)") == 0);
  CHECK(left("Max", "b = Max(a)") == 0);
  CHECK(left("Transpose", "b = Transpose <perm = [0, 1, 2]> (a)") == 0);
  CHECK(left("Slice", "b = Slice(a, s, e)", {{"s", int64s({0, 0})}, {"e", int64s({2, 3})}}) == 0);
  CHECK(left("Pad", "b = Pad(a, p)", {{"p", int64s({0, 0, 0, 0, 0, 0})}}) == 0);
  CHECK(left("Expand", "b = Expand(a, s)", {{"s", int64s({1, 3, 4})}}) == 0);
}

TEST_CASE("remove-identities leaves operators that do something") {
  CHECK(left("Concat", "b = Concat <axis = 1> (a, x)") == 1);
  CHECK(left("Transpose", "b = Transpose <perm = [2, 1, 0]> (a)") == 1);
  CHECK(left("Pad", "b = Pad(a, p)", {{"p", int64s({0, 0, 1, 0, 0, -1})}}) == 1);
  CHECK(left("Slice", "b = Slice(a, s, e, t, u)",
             {{"s", int64s({2})}, {"e", int64s({-9})}, {"t", int64s({1})}, {"u", int64s({-1})}}) == 1);
}

TEST_CASE("remove-identities lets an output be fed by an input") {
  const auto run = run_pass("remove-identities", "g (float[2] x) => (float[2] y) { y = Identity(x) }");
  CHECK(run.changes == 1);
  CHECK(run.after.node_count() == 2);
}

}  // namespace sluice::test
