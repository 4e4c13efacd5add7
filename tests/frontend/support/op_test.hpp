#pragma once

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "core/kernel/kernel.hpp"
#include "frontend/ops/op_def.hpp"

/// Runs one operator both ways: OpDef::evaluate on the host, and OpDef::lower through the kernel interpreter.
namespace sluice::test {

using Random = std::mt19937;

/// One operator with its operands. Operand i is called "x<i>" and is an input of the kernel unless `constant[i]`;
/// output i is called "y<i>".
struct OpCase {
  std::string op;
  Attributes attributes;
  std::vector<std::optional<Tensor>> operands;  ///< none: absent
  std::vector<bool> constant;                   ///< may be shorter than `operands`: the others are inputs
  int opset = 17;
  int outputs = 1;
  std::vector<Epilogue> epilogues;
};

/// What came of it.
struct OpRun {
  std::vector<TensorType> types;  ///< as inferred
  std::vector<Tensor> expected;   ///< of `evaluate`, epilogues applied
  std::optional<Kernel> kernel;   ///< none if the operator has no lowering
  std::vector<Tensor> actual;     ///< of the kernel; empty without one
};

/// Infers, evaluates, lowers, verifies and executes; every error fails the test case at once. Outputs of the evaluation
/// have the inferred types, and of the kernel every output is stored.
OpRun run_op(const OpCase& test);

/// Executes `run.kernel` on the operands again: `actual` becomes what it gives now.
void execute_kernel(const OpCase& test, OpRun& run);

/// The same as `run_op` without lowering.
OpRun evaluate_op(const OpCase& test);

/// What inference or lowering refuses, as text; empty if neither does.
std::string refusal(const OpCase& test);

/// The kernel's outputs are the evaluation's, bit for bit (any NaN equals any other, and either zero the other).
void check_equal(const OpRun& run);

/// ... or within `tolerance` x max(1, |expected|).
void check_close(const OpRun& run, double tolerance);

/// Uniform values; integers are the whole numbers in the range.
Tensor random_tensor(ElementType element, const Shape& shape, Random& random, double low = -2, double high = 2);

/// A shape of the given rank with awkward extents: 1, primes, nothing round.
Shape random_shape(int rank, Random& random);

/// `shape` with some dimensions set to 1 and perhaps the outer ones dropped: it broadcasts back to `shape`.
Shape random_broadcast(const Shape& shape, Random& random);

int random_int(int low, int high, Random& random);

template <typename T>
Tensor tensor(ElementType element, Shape shape, const std::vector<T>& values) {
  return Tensor::of<T>(element, std::move(shape), values);
}
Tensor floats(Shape shape, const std::vector<float>& values);
Tensor int64s(const std::vector<std::int64_t>& values);  ///< of one dimension

}  // namespace sluice::test
