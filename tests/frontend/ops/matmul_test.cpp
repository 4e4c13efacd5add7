#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

OpCase product(Tensor a, Tensor b, bool constant = false) {
  return {.op = "MatMul",
          .attributes = {},
          .operands = {std::move(a), std::move(b)},
          .constant = {false, constant},
          .epilogues = {}};
}

/// Operand shapes as numpy allows them: batches that broadcast, vectors.
std::pair<Shape, Shape> random_shapes(Random& random) {
  const Shape batch = random_shape(random_int(0, 3, random), random);
  const std::int64_t k = random_int(1, 7, random);
  Shape a = random_broadcast(batch, random), b = random_broadcast(batch, random);
  const int kind = random_int(0, 5, random);
  if (kind == 0) a.clear();
  if (kind == 1) b.clear();
  if (kind != 0) a.push_back(random_int(1, 5, random));
  a.push_back(k);
  b.push_back(k);
  if (kind != 1) b.push_back(random_int(1, 5, random));
  return {a, b};
}

}  // namespace

TEST_CASE("MatMul: the kernel computes what the host computes") {
  Random random(1);
  for (int i = 0; i < 200; ++i) {
    const auto [a, b] = random_shapes(random);
    check_close(run_op(product(random_tensor(ElementType::float32, a, random),
                               random_tensor(ElementType::float32, b, random), random_int(0, 1, random) == 1)),
                1e-5);
  }
}

TEST_CASE("MatMul: integers are exact") {
  Random random(2);
  for (int i = 0; i < 20; ++i) {
    const auto [a, b] = random_shapes(random);
    check_equal(run_op(product(random_tensor(ElementType::int32, a, random, -50, 50),
                               random_tensor(ElementType::int32, b, random, -50, 50))));
  }
}

TEST_CASE("MatMul: shapes of vectors and batches") {
  const auto shape = [](const Shape& a, const Shape& b) {
    return evaluate_op(product(Tensor({ElementType::float32, a}), Tensor({ElementType::float32, b}))).types[0].shape;
  };
  CHECK(shape({3}, {3}) == Shape{});
  CHECK(shape({3}, {3, 4}) == Shape{4});
  CHECK(shape({2, 3}, {3}) == Shape{2});
  CHECK(shape({3}, {7, 3, 4}) == Shape{7, 4});
  CHECK(shape({5, 1, 2, 3}, {7, 3, 4}) == Shape{5, 7, 2, 4});
}

TEST_CASE("MatMul: a vector times a vector is one number") {
  const OpRun run = run_op(product(floats({3}, {1, 2, 3}), floats({3}, {1, 10, 100})));
  CHECK(run.expected[0].to_doubles() == std::vector<double>{321});
  check_equal(run);
}

TEST_CASE("MatMul: refuses what does not fit") {
  const auto refused = [](const Shape& a, const Shape& b) {
    return refusal(product(Tensor({ElementType::float32, a}), Tensor({ElementType::float32, b}))) != "";
  };
  CHECK(refused({2, 3}, {2, 3}));
  CHECK(refused({}, {2}));
  CHECK(refused({2, 1, 3}, {3, 3, 1}));
}
