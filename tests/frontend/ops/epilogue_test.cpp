#include "frontend/ops/epilogue.hpp"

#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

std::shared_ptr<const Tensor> shared(Tensor tensor) { return std::make_shared<const Tensor>(std::move(tensor)); }

}  // namespace

TEST_CASE("Epilogues follow an operator in order, with constants of every shape") {
  Random random(1);
  OpCase test{.op = "Add",
              .attributes = {},
              .operands = {random_tensor(ElementType::float32, {2, 3, 5, 7}, random),
                           random_tensor(ElementType::float32, {7}, random)},
              .constant = {},
              .epilogues = {}};
  test.epilogues.push_back({"Mul", {}, {shared(random_tensor(ElementType::float32, {3, 1, 1}, random))}});
  test.epilogues.push_back({"LeakyRelu", {{"alpha", 0.5F}}, {}});
  test.epilogues.push_back({"Clip", {}, {nullptr, shared(floats({}, {1.5F}))}});
  test.epilogues.push_back({"PRelu", {}, {shared(random_tensor(ElementType::float32, {3, 1, 1}, random))}});
  const OpRun run = run_op(test);
  check_close(run, 1e-6);
  CHECK(run.kernel->arrays.size() == 5);  // two operands, two constants, the result
}

TEST_CASE("Epilogues follow reductions and softmax") {
  Random random(2);
  for (const char* op : {"ReduceMean", "Softmax"}) {
    OpCase test{.op = op,
                .attributes = {},
                .operands = {random_tensor(ElementType::float32, {3, 5}, random)},
                .constant = {},
                .epilogues = {{"Sigmoid", {}, {}}, {"Sub", {}, {shared(floats({}, {0.25F}))}}}};
    check_close(run_op(test), 1e-6);
  }
}
