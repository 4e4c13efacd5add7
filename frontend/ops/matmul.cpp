#include <fmt/format.h>

#include <algorithm>

#include "frontend/ops/host_numbers.hpp"
#include "frontend/ops/loop_parts.hpp"
#include "frontend/ops/lowering.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// Both operands and the result as stacks of matrices: a row vector on the left counts as [1][K], a column vector on
/// the right as [K][1]; those extents of 1 are not in the result tensor.
struct Stacks {
  Shape a, b, y;
  bool vector_a, vector_b;

  /// The result tensor's own shape or index, from that of the stack.
  template <typename T>
  [[nodiscard]] std::vector<T> without_vectors(std::vector<T> items) const {
    if (vector_b) items.pop_back();
    if (vector_a) items.erase(items.end() - (vector_b ? 1 : 2));
    return items;
  }
};

Expected<Stacks> stacks_of(const OpContext& context) {
  Stacks s{context.operands[0].type.shape, context.operands[1].type.shape, {}, false, false};
  const auto refuse = [&] {
    return context.error(
        fmt::format("shapes {} and {} can't be multiplied", to_string(context.operands[0].type.shape),
                    to_string(context.operands[1].type.shape)),
        "the last extent of the first must be the last but one of the second, those before must broadcast");
  };
  if (s.a.empty() || s.b.empty()) return refuse();
  s.vector_a = s.a.size() == 1;
  s.vector_b = s.b.size() == 1;
  if (s.vector_a) s.a.insert(s.a.begin(), 1);
  if (s.vector_b) s.b.push_back(1);
  const std::size_t rank = std::max(s.a.size(), s.b.size());
  s.a.insert(s.a.begin(), rank - s.a.size(), 1);
  s.b.insert(s.b.begin(), rank - s.b.size(), 1);
  if (s.a[rank - 1] != s.b[rank - 2]) return refuse();
  for (std::size_t i = 0; i + 2 < rank; ++i) {
    if (s.a[i] != s.b[i] && s.a[i] != 1 && s.b[i] != 1) return refuse();
    s.y.push_back(s.a[i] == 1 ? s.b[i] : s.a[i]);
  }
  s.y.push_back(s.a[rank - 2]);
  s.y.push_back(s.b[rank - 1]);
  return s;
}

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  const auto stacks = stacks_of(context);
  if (!stacks) return stacks.errors();
  return std::vector<TensorType>{{context.operands[0].type.element, stacks->without_vectors(stacks->y)}};
}

/// Strides of a stack where it is broadcast: 0 along batch extents of 1.
std::vector<std::int64_t> batch_strides(const Shape& shape) {
  auto strides = row_major_strides(shape);
  strides.resize(shape.size() - 2);
  for (std::size_t i = 0; i < strides.size(); ++i) {
    if (shape[i] == 1) strides[i] = 0;
  }
  return strides;
}

template <typename Number>
Tensor multiply(const OpContext& context) {
  const Stacks s = stacks_of(context).value();
  const auto a = numbers<Number>(*context.operands[0].constant);
  const auto b = numbers<Number>(*context.operands[1].constant);
  const std::size_t rank = s.y.size();
  const std::int64_t rows = s.y[rank - 2], columns = s.y[rank - 1], depth = s.a[rank - 1];
  const Shape batch(s.y.begin(), s.y.end() - 2);
  const auto a_strides = batch_strides(s.a), b_strides = batch_strides(s.b);
  std::vector<std::int64_t> at(batch.size());
  std::vector<Number> y;
  do {
    for (std::int64_t m = 0; m < rows; ++m) {
      std::vector<Number> row(static_cast<std::size_t>(columns));
      for (std::int64_t k = 0; k < depth; ++k) {
        const Number factor = a[static_cast<std::size_t>(flat_index(at, a_strides) + m * depth + k)];
        const Number* b_row = &b[static_cast<std::size_t>(flat_index(at, b_strides) + k * columns)];
        for (std::size_t n = 0; n < row.size(); ++n) row[n] += factor * b_row[n];
      }
      y.insert(y.end(), row.begin(), row.end());
    }
  } while (advance(at, batch));
  return tensor_of(infer(context).value()[0], y);
}

std::vector<Tensor> evaluate(const OpContext& context) {
  return {
      with_number_kind(context.operands[0].type.element, [&](auto kind) { return multiply<decltype(kind)>(context); })};
}

/// The operand with the shape that the kernel gives it.
Operand under_shape(Operand operand, const Shape& shape) {
  operand.type.shape = shape;
  return operand;
}

Expected<Kernel> lower(const OpContext& context) {
  const auto stacks = stacks_of(context);
  if (!stacks) return stacks.errors();
  const Stacks& s = *stacks;
  const std::size_t rank = s.y.size();
  Kernel kernel = kernel_for(context);
  const ArrayId a_array = operand_array(kernel, under_shape(context.operands[0], s.a));
  const ArrayId b_array = operand_array(kernel, under_shape(context.operands[1], s.b));
  const ArrayId y_array = output_array(kernel, context);
  kernel.macs = element_count(s.y) * s.a[rank - 1];

  std::vector<AffineExpr> y(rank);
  const auto rows = row_dimensions(s.y);
  add_token_loops(kernel, s.y, rows, y);
  NestBuilder nest(kernel, "mac");
  add_loops(nest, s.y, other_dimensions(s.y, rows), y);
  const std::vector<AffineExpr> k{nest_loop(nest, "k", s.a[rank - 1])};

  std::vector<AffineExpr> a_index = y, b_index = y;
  a_index[rank - 1] = k[0];
  b_index[rank - 2] = k[0];
  const Value product = nest.multiply(nest.load(a_array, broadcast_index(s.a, a_index)),
                                      nest.load(b_array, broadcast_index(s.b, b_index)));
  const Value sum = reduce(nest, Opcode::add, k, empty_sum(nest, nest.type(product)), product);
  store_result(context, nest, y_array, s.without_vectors(y), sum, last_iteration(nest, k));
  return kernel;
}

}  // namespace

const OpDef& matmul_op() {
  static const OpDef def{
      .name = "MatMul", .attributes = {}, .infer = infer, .evaluate = evaluate, .lower = lower, .scalar = nullptr};
  return def;
}

}  // namespace sluice
