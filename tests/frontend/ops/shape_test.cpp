#include <doctest/doctest.h>

#include "tests/frontend/support/op_test.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

using Ints = std::vector<std::int64_t>;

Ints values(std::string op, Attributes attributes, Tensor x) {
  const OpCase test{.op = std::move(op),
                    .attributes = std::move(attributes),
                    .operands = {std::move(x)},
                    .constant = {true},
                    .epilogues = {}};
  return evaluate_op(test).expected[0].to_int64s();
}

}  // namespace

TEST_CASE("Shape and Size") {
  const Tensor x({ElementType::float32, {2, 3, 5}});
  CHECK(values("Shape", {}, x) == Ints{2, 3, 5});
  CHECK(values("Shape", {{"start", std::int64_t{-2}}, {"end", std::int64_t{9}}}, x) == Ints{3, 5});
  CHECK(values("Shape", {{"start", std::int64_t{2}}, {"end", std::int64_t{1}}}, x).empty());
  CHECK(values("Size", {}, x) == Ints{30});
}

TEST_CASE("ConstantOfShape") {
  CHECK(values("ConstantOfShape", {{"value", int64s({7})}}, int64s({2, 2})) == Ints{7, 7, 7, 7});
  const OpCase zeros{
      .op = "ConstantOfShape", .attributes = {}, .operands = {int64s({3})}, .constant = {true}, .epilogues = {}};
  CHECK(evaluate_op(zeros).expected[0].type() == TensorType{ElementType::float32, {3}});
}
