#pragma once

#include <optional>

#include "frontend/passes/rewrite.hpp"

namespace sluice {

/// A product y = a * b of two matrices. Leading dimensions of a MatMul's first operand count as rows, a vector as one
/// row on the left and as one column on the right.
struct MatrixProduct {
  Shape a, b;  ///< the operands as they are stored: a Gemm may read them transposed
  Shape y;     ///< [rows, columns]
};

/// The product that a MatMul or Gemm computes; none of a MatMul whose second operand is a stack of matrices.
std::optional<MatrixProduct> matrix_product(const Rewrite& rewrite, TensorGraph::NodeId node);

/// Makes the node a Gemm of these matrices, without a third operand if it was a MatMul. Its readers see the result as
/// they did before.
void make_gemm(Rewrite& rewrite, TensorGraph::NodeId node, const MatrixProduct& product);

/// How a Gemm can see a tensor that is added to the result `y` of `product`, which its readers see in shape `result`:
/// [], [N], [M,1] or [M,N]. None if its elements repeat in another way, or if the sum is larger than the result.
std::optional<Shape> addend_shape(const MatrixProduct& product, const Shape& result, const Shape& addend);

}  // namespace sluice
