#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "tests/frontend/support/op_test.hpp"

/// Random operators with a reduction, for the passes on loops.
namespace sluice::test {

inline OpCase random_product(ElementType element, Random& random) {
  const std::int64_t m = random_int(1, 5, random), k = random_int(2, 23, random), n = random_int(1, 13, random);
  return {.op = "MatMul",
          .attributes = {},
          .operands = {random_tensor(element, {m, k}, random, -9, 9), random_tensor(element, {k, n}, random, -9, 9)},
          .constant = {false, true},
          .epilogues = {}};
}

inline OpCase random_convolution(ElementType element, Random& random) {
  const std::int64_t groups = random_int(1, 3, random), in = random_int(1, 3, random), out = random_int(1, 7, random);
  const std::int64_t size = random_int(3, 9, random), kernel = random_int(1, 3, random);
  const std::vector<std::int64_t> strides{random_int(1, 2, random), random_int(1, 2, random)};
  const std::int64_t pad = random_int(0, 1, random);
  return {.op = "Conv",
          .attributes = {{"group", groups}, {"strides", strides}, {"pads", std::vector<std::int64_t>(4, pad)}},
          .operands = {random_tensor(element, {1, groups * in, size, size + 1}, random, -9, 9),
                       random_tensor(element, {groups * out, in, kernel, kernel}, random, -9, 9),
                       random_tensor(element, {groups * out}, random, -9, 9)},
          .constant = {false, true, true},
          .epilogues = {}};
}

inline OpCase random_reduction(ElementType element, Random& random) {
  constexpr std::array kOps{"ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd"};
  const Shape shape{random_int(1, 4, random), random_int(1, 5, random), random_int(2, 19, random)};
  const std::int64_t axis = random_int(0, 2, random);
  return {.op = kOps[static_cast<std::size_t>(random_int(0, 3, random))],
          .attributes = {{"axes", std::vector<std::int64_t>{axis}}},
          .operands = {random_tensor(element, shape, random, -2, 2)},
          .constant = {},
          .opset = 11,
          .epilogues = {}};
}

inline OpCase random_case(ElementType element, Random& random) {
  const int kind = random_int(0, 2, random);
  if (kind == 0 && element == ElementType::float32) return random_convolution(element, random);  // ONNX has no others
  return kind == 1 ? random_reduction(element, random) : random_product(element, random);
}

/// The same on whole numbers, small enough for their sums to be exact in any order.
inline OpCase whole_numbers(OpCase test) {
  for (auto& operand : test.operands) {
    if (operand->element() != ElementType::float32) continue;
    auto values = operand->to_doubles();
    for (auto& value : values) value = std::round(value);
    operand = floats(operand->shape(), {values.begin(), values.end()});
  }
  return test;
}

}  // namespace sluice::test
