#include "frontend/ops/reduction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "frontend/ops/elementwise.hpp"
#include "frontend/ops/host_numbers.hpp"
#include "frontend/ops/loop_parts.hpp"
#include "frontend/ops/lowering.hpp"

namespace sluice {
namespace {

bool is_reduced(const ReducedAxes& reduced, int axis) { return std::ranges::count(reduced.axes, axis) > 0; }

template <typename T>
T folded(Opcode fold, T a, T b) {
  switch (fold) {
    case Opcode::multiply:
      return a * b;
    case Opcode::maximum:
      return b > a || b != b ? b : a;
    case Opcode::minimum:
      return b < a || b != b ? b : a;
    default:
      return a + b;
  }
}

/// The fold's initial value on integers: infinities are the type's ends.
std::int64_t initial_integer(const Reduction& reduction, ScalarType type) {
  if (std::isfinite(reduction.initial)) return static_cast<std::int64_t>(reduction.initial);
  const std::uint64_t top = low_bits(type.is_signed() ? type.width() - 1 : type.width());
  if (reduction.initial > 0) return to_int64(type, top);
  return type.is_signed() ? to_int64(type, top + 1) : 0;
}

/// Folds `terms` (of the operand's shape) to the elements of the result.
template <typename T>
std::vector<T> fold_all(const Shape& shape, const ReducedAxes& reduced, Opcode fold, T initial,
                        const std::vector<T>& terms) {
  const Shape kept = reduced_shape(shape, {reduced.axes, true});
  auto strides = row_major_strides(kept);
  for (const int axis : reduced.axes) strides[static_cast<std::size_t>(axis)] = 0;
  std::vector<T> results(static_cast<std::size_t>(element_count(kept)), initial);
  std::vector<std::int64_t> index(shape.size());
  for (const T term : terms) {
    T& result = results[static_cast<std::size_t>(flat_index(index, strides))];
    result = folded(fold, result, term);
    advance(index, shape);
  }
  return results;
}

std::int64_t terms_per_result(const Shape& shape, const ReducedAxes& reduced) {
  std::int64_t count = 1;
  for (const int axis : reduced.axes) count *= shape[static_cast<std::size_t>(axis)];
  return count;
}

}  // namespace

Shape reduced_shape(const Shape& shape, const ReducedAxes& reduced) {
  Shape result;
  for (int axis = 0; axis < static_cast<int>(shape.size()); ++axis) {
    if (!is_reduced(reduced, axis)) {
      result.push_back(shape[static_cast<std::size_t>(axis)]);
    } else if (reduced.keep) {
      result.push_back(1);
    }
  }
  return result;
}

Tensor evaluate_reduction(const OpContext& context, const Reduction& reduction, const ReducedAxes& reduced) {
  const Tensor& x = *context.operands[0].constant;
  const TensorType type{x.element(), reduced_shape(x.shape(), reduced)};
  const std::int64_t count = terms_per_result(x.shape(), reduced);
  if (is_integer(x.element()) && reduction.integers) {
    const std::int64_t initial = initial_integer(reduction, scalar_type(x.element()));
    return tensor_of(type, fold_all(x.shape(), reduced, reduction.fold, initial, x.to_int64s()));
  }
  auto terms = numbers<double>(x);
  if (reduction.host_term) std::ranges::transform(terms, terms.begin(), reduction.host_term);
  auto results = fold_all(x.shape(), reduced, reduction.fold, reduction.initial, terms);
  for (auto& result : results) {
    if (reduction.host_finish) result = reduction.host_finish(result, count);
  }
  if (!is_integer(x.element())) return tensor_of(type, results);
  return tensor_of(type, std::vector<std::int64_t>(results.begin(), results.end()));
}

Kernel lower_reduction(const OpContext& context, const Reduction& reduction, const ReducedAxes& reduced) {
  Kernel kernel = kernel_for(context);
  const Operand& x = context.operands[0];
  const Shape& shape = x.type.shape;
  std::vector<int> rows;
  std::vector<int> parallel;
  for (const int d : row_dimensions(shape)) {
    if (!is_reduced(reduced, d)) rows.push_back(d);
  }
  for (const int d : other_dimensions(shape, rows)) {
    if (!is_reduced(reduced, d)) parallel.push_back(d);
  }
  std::vector<AffineExpr> index(shape.size());
  add_token_loops(kernel, shape, rows, index);
  NestBuilder nest(kernel, context.node.op);
  add_loops(nest, shape, parallel, index);
  add_loops(nest, shape, reduced.axes, index);

  std::vector<AffineExpr> iterators;
  std::vector<AffineExpr> result_index;
  for (int axis = 0; axis < static_cast<int>(shape.size()); ++axis) {
    const AffineExpr& at = index[static_cast<std::size_t>(axis)];
    if (is_reduced(reduced, axis)) iterators.push_back(at);
    if (!is_reduced(reduced, axis)) result_index.push_back(at);
    if (is_reduced(reduced, axis) && reduced.keep) result_index.emplace_back(0);
  }

  const ScalarType type = scalar_type(x.type.element);
  const Value initial = type.is_float() ? nest.constant(type.format(), reduction.initial)
                                        : nest.integer(type, initial_integer(reduction, type));
  Value term = operand_value(nest, x, index);
  if (reduction.term) term = reduction.term(nest, term);
  Value result = reduce(nest, reduction.fold, iterators, initial, term);
  if (reduction.finish) result = reduction.finish(nest, result, terms_per_result(shape, reduced));
  store_result(context, nest, output_array(kernel, context), result_index, result, last_iteration(nest, iterators));
  return kernel;
}

OpDef reduction_op(std::string_view name, std::vector<std::string_view> attributes, const Reduction& reduction,
                   const std::function<Expected<ReducedAxes>(const OpContext&)>& axes_of) {
  OpDef def;
  def.name = name;
  def.attributes = std::move(attributes);
  def.infer = [axes_of](const OpContext& context) -> Expected<std::vector<TensorType>> {
    if (!context.has(0)) return context.error("it takes an operand");
    const auto reduced = axes_of(context);
    if (!reduced) return reduced.errors();
    const TensorType& x = context.operands[0].type;
    return std::vector{TensorType{x.element, reduced_shape(x.shape, *reduced)}};
  };
  def.evaluate = [reduction, axes_of](const OpContext& context) {
    return std::vector{evaluate_reduction(context, reduction, axes_of(context).value())};
  };
  def.lower = [reduction, axes_of](const OpContext& context) -> Expected<Kernel> {
    if (auto refused = refuse_elements(context, reduction.integers)) return *std::move(refused);
    return lower_reduction(context, reduction, axes_of(context).value());
  };
  return def;
}

}  // namespace sluice
