#include "frontend/passes/matrix_product.hpp"

#include <algorithm>
#include <span>

namespace sluice {
namespace {

/// What one extent of a matrix says of several dimensions: 1 if all are 1, their product if all are whole; else none.
std::optional<std::int64_t> joined(std::span<const std::int64_t> extents, std::span<const std::int64_t> whole) {
  if (std::ranges::equal(extents, whole)) return element_count({whole.begin(), whole.end()});
  const bool single = std::ranges::all_of(extents, [](std::int64_t extent) { return extent == 1; });
  return single ? std::optional<std::int64_t>(1) : std::nullopt;
}

}  // namespace

std::optional<MatrixProduct> matrix_product(const Rewrite& rewrite, TensorGraph::NodeId node) {
  const Operator& op = rewrite[node];
  if ((op.op != "MatMul" && op.op != "Gemm") || !op.epilogues.empty()) return std::nullopt;
  const OpContext context = rewrite.context(node);
  MatrixProduct product{context.operands[0].type.shape, context.operands[1].type.shape, op.outputs[0].type.shape};
  if (op.op == "Gemm") return product;
  if (product.b.size() > 2) return std::nullopt;
  const std::int64_t depth = product.a.back();
  const std::int64_t columns = product.b.size() == 2 ? product.b[1] : 1;
  const std::int64_t rows = element_count(product.a) / depth;
  return MatrixProduct{{rows, depth}, {depth, columns}, {rows, columns}};
}

void make_gemm(Rewrite& rewrite, TensorGraph::NodeId node, const MatrixProduct& product) {
  rewrite.connect(rewrite.source(rewrite.operand(node, 0).value()), node, 0, product.a);
  rewrite.connect(rewrite.source(rewrite.operand(node, 1).value()), node, 1, product.b);
  rewrite.reshape_result(node, product.y);
  rewrite[node].op = "Gemm";
}

std::optional<Shape> addend_shape(const MatrixProduct& product, const Shape& result, const Shape& addend) {
  if (addend.size() > result.size()) return std::nullopt;
  if (element_count(addend) == 1) return Shape{};
  Shape extents(result.size() - addend.size(), 1);
  extents.insert(extents.end(), addend.begin(), addend.end());
  // A matrix times a vector has no dimension for its one column.
  const bool has_columns = !result.empty() && result.back() == product.y[1];
  if (!has_columns && product.y[1] != 1) return std::nullopt;
  const std::size_t leading = result.size() - (has_columns ? 1 : 0);
  const auto rows = joined(std::span(extents).first(leading), std::span(result).first(leading));
  if (!rows) return std::nullopt;
  if (!has_columns) return Shape{*rows, 1};
  return *rows == 1 ? Shape{extents.back()} : Shape{*rows, extents.back()};
}

}  // namespace sluice
