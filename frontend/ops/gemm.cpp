#include <fmt/format.h>

#include <memory>

#include "frontend/ops/host_numbers.hpp"
#include "frontend/ops/loop_parts.hpp"
#include "frontend/ops/lowering.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// y[m][n] = alpha * sum over k of a[m][k] * b[k][n] + beta * c, where a and b may be stored transposed.
struct Sizes {
  std::int64_t rows, columns, depth;
  bool transposed_a, transposed_b;
};

Expected<Sizes> sizes_of(const OpContext& context) {
  const Shape& a = context.operands[0].type.shape;
  const Shape& b = context.operands[1].type.shape;
  const bool ta = context.integer("transA", 0) != 0;
  const bool tb = context.integer("transB", 0) != 0;
  if (a.size() != 2 || b.size() != 2) {
    return context.error(fmt::format("the operands {} and {} must be matrices", to_string(a), to_string(b)));
  }
  const Sizes sizes{a[ta ? 1 : 0], b[tb ? 0 : 1], a[ta ? 0 : 1], ta, tb};
  if (b[tb ? 1 : 0] != sizes.depth) {
    return context.error(
        fmt::format("{} columns of the first matrix don't match {} rows of the second", sizes.depth, b[tb ? 1 : 0]));
  }
  if (!context.has(2)) return sizes;
  const Shape& c = context.operands[2].type.shape;
  const Shape y{sizes.rows, sizes.columns};
  bool fits = c.size() <= 2;
  for (std::size_t i = 0; fits && i < c.size(); ++i) fits = c[i] == 1 || c[i] == y[2 - c.size() + i];
  if (!fits) return context.error(fmt::format("C of shape {} does not broadcast to {}", to_string(c), to_string(y)));
  return sizes;
}

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  const auto sizes = sizes_of(context);
  if (!sizes) return sizes.errors();
  return std::vector<TensorType>{{context.operands[0].type.element, {sizes->rows, sizes->columns}}};
}

/// Number of C's element that is added to y[m][n].
std::int64_t broadcast_c(const Shape& c, std::int64_t m, std::int64_t n) {
  const std::int64_t column = !c.empty() && c.back() != 1 ? n : 0;
  return c.size() == 2 && c[0] != 1 ? m * c[1] + column : column;
}

std::vector<Tensor> evaluate(const OpContext& context) {
  const Sizes s = sizes_of(context).value();
  const TensorType type = infer(context).value()[0];
  const double alpha = context.real("alpha", 1);
  const double beta = context.real("beta", 1);
  const auto a = numbers<double>(*context.operands[0].constant);
  const auto b = numbers<double>(*context.operands[1].constant);
  std::vector<double> c;
  if (context.has(2)) c = numbers<double>(*context.operands[2].constant);
  std::vector<double> y;
  for (std::int64_t m = 0; m < s.rows; ++m) {
    for (std::int64_t n = 0; n < s.columns; ++n) {
      double sum = 0;
      for (std::int64_t k = 0; k < s.depth; ++k) {
        sum += a[static_cast<std::size_t>(s.transposed_a ? k * s.rows + m : m * s.depth + k)] *
               b[static_cast<std::size_t>(s.transposed_b ? n * s.depth + k : k * s.columns + n)];
      }
      sum *= alpha;
      if (!c.empty()) sum += beta * c[static_cast<std::size_t>(broadcast_c(context.operands[2].type.shape, m, n))];
      y.push_back(sum);
    }
  }
  if (scalar_type(type.element).is_float()) return {tensor_of(type, y)};
  return {tensor_of(type, std::vector<std::int64_t>(y.begin(), y.end()))};
}

/// The operand times `factor`, where that can be done now: its value is known.
bool fold_factor(Operand& operand, double factor) {
  if (factor == 1) return true;
  if (!operand.constant) return false;
  auto scaled = numbers<double>(*operand.constant);
  for (auto& x : scaled) x *= factor;
  operand.constant = std::make_shared<const Tensor>(tensor_of(operand.constant->type(), scaled));
  return true;
}

Expected<Kernel> lower(const OpContext& context) {
  const auto sizes = sizes_of(context);
  if (!sizes) return sizes.errors();
  const double alpha = context.real("alpha", 1);
  const double beta = context.real("beta", 1);
  const ScalarType type = scalar_type(context.operands[0].type.element);
  if (!type.is_float() && (alpha != 1 || beta != 1)) {
    return context.error("integer matrices can't be scaled by alpha or beta", "use 1 for both");
  }
  Operand b = context.operands[1];
  const bool alpha_folded = fold_factor(b, alpha);
  const bool has_c = context.has(2) && beta != 0;
  Operand c = has_c ? context.operands[2] : Operand{};
  const bool beta_folded = !has_c || fold_factor(c, beta);

  Kernel kernel = kernel_for(context);
  const ArrayId a_array = operand_array(kernel, context.operands[0]);
  const ArrayId b_array = operand_array(kernel, b);
  const ArrayId y_array = output_array(kernel, context);
  kernel.macs = sizes->rows * sizes->columns * sizes->depth;
  const AffineExpr m = token_loop(kernel, "m", sizes->rows);
  NestBuilder nest(kernel, "mac");
  const AffineExpr n = nest_loop(nest, "n", sizes->columns);
  const std::vector<AffineExpr> k{nest_loop(nest, "k", sizes->depth)};

  const auto scaled_c = [&] {
    const Value value = operand_value(nest, c, {m, n});
    return beta_folded ? value : nest.multiply(value, nest.constant(type.format(), beta));
  };
  const auto pick = [](bool transposed, const AffineExpr& row, const AffineExpr& column) {
    return transposed ? std::vector{column, row} : std::vector{row, column};
  };
  const Value product = nest.multiply(nest.load(a_array, pick(sizes->transposed_a, m, k[0])),
                                      nest.load(b_array, pick(sizes->transposed_b, k[0], n)));
  // C starts the sum, unless the sum must first be scaled.
  const Value initial = has_c && alpha_folded ? scaled_c() : empty_sum(nest, type);
  Value sum = reduce(nest, Opcode::add, k, initial, product);
  if (!alpha_folded) {
    sum = nest.multiply(sum, nest.constant(type.format(), alpha));
    if (has_c) sum = nest.add(sum, scaled_c());
  }
  store_result(context, nest, y_array, {m, n}, sum, last_iteration(nest, k));
  return kernel;
}

}  // namespace

const OpDef& gemm_op() {
  static const OpDef def{.name = "Gemm",
                         .attributes = {"alpha", "beta", "broadcast", "transA", "transB"},
                         .infer = infer,
                         .evaluate = evaluate,
                         .lower = lower,
                         .scalar = nullptr};
  return def;
}

}  // namespace sluice
