#include "frontend/ops/elementwise.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "frontend/ops/epilogue.hpp"
#include "frontend/ops/host_numbers.hpp"
#include "frontend/ops/lowering.hpp"

namespace sluice {
namespace {

/// Strides of an operand along the dimensions of the result, 0 where it is broadcast.
std::vector<std::int64_t> broadcast_strides(const Shape& operand, std::size_t rank) {
  const auto strides = row_major_strides(operand);
  const std::size_t skipped = rank - operand.size();
  std::vector<std::int64_t> result(rank, 0);
  for (std::size_t d = 0; d < operand.size(); ++d) result[skipped + d] = operand[d] == 1 ? 0 : strides[d];
  return result;
}

/// Calls visit(element of the result, element of each operand) for all elements of the result in order.
template <typename Visit>
void for_each_element(const OpContext& context, const Shape& shape, Visit visit) {
  std::vector<std::vector<std::int64_t>> strides;
  for (const auto& operand : context.operands) {
    strides.push_back(operand.present ? broadcast_strides(operand.type.shape, shape.size())
                                      : std::vector<std::int64_t>(shape.size(), 0));
  }
  std::vector<std::int64_t> at(context.operands.size(), 0);
  std::vector<std::int64_t> index(shape.size(), 0);
  const std::int64_t count = element_count(shape);
  for (std::int64_t i = 0; i < count; ++i) {
    visit(i, at);
    for (std::size_t d = shape.size(); d-- > 0;) {
      const bool carry = ++index[d] == shape[d];
      for (std::size_t k = 0; k < at.size(); ++k) at[k] += carry ? -(shape[d] - 1) * strides[k][d] : strides[k][d];
      if (!carry) break;
      index[d] = 0;
    }
  }
}

/// The results in order, computed in T.
template <typename T>
std::vector<T> evaluate_as(const OpContext& context, const Shape& shape, const HostFunction<T>& function) {
  std::vector<std::vector<T>> values(context.operands.size(), std::vector<T>(1));
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (context.has(k)) values[k] = numbers<T>(*context.operands[k].constant);
  }
  std::vector<T> results(static_cast<std::size_t>(element_count(shape)));
  std::vector<T> arguments(values.size());
  for_each_element(context, shape, [&](std::int64_t i, const std::vector<std::int64_t>& at) {
    for (std::size_t k = 0; k < values.size(); ++k) arguments[k] = values[k][static_cast<std::size_t>(at[k])];
    results[static_cast<std::size_t>(i)] = function(context, arguments);
  });
  return results;
}

}  // namespace

bool is_hardware_float(ElementType type) {
  return type == ElementType::float16 || type == ElementType::bfloat16 || type == ElementType::float32;
}

bool is_integer(ElementType type) { return scalar_type(type).is_integer(); }

std::optional<Diagnostic> refuse_elements(const OpContext& context, bool integers_too) {
  const ElementType element = context.operands.at(0).type.element;
  if (is_hardware_float(element) || (integers_too && is_integer(element))) return std::nullopt;
  return context.error(fmt::format("no hardware for elements of type {}", to_string(element)),
                       integers_too ? "float32, float16, bfloat16 and integers are supported"
                                    : "float32, float16 and bfloat16 are supported");
}

std::optional<Shape> broadcast_shape(std::span<const Shape> shapes) {
  Shape result;
  for (const auto& shape : shapes) {
    if (shape.size() > result.size()) result.insert(result.begin(), shape.size() - result.size(), 1);
    const std::size_t skipped = result.size() - shape.size();
    for (std::size_t d = 0; d < shape.size(); ++d) {
      std::int64_t& extent = result[skipped + d];
      if (extent != shape[d] && extent != 1 && shape[d] != 1) return std::nullopt;
      if (extent == 1) extent = shape[d];
    }
  }
  return result;
}

Expected<Shape> infer_broadcast(const OpContext& context) {
  std::vector<Shape> shapes;
  std::string said;
  for (const auto& operand : context.operands) {
    if (!operand.present) continue;
    shapes.push_back(operand.type.shape);
    said += (said.empty() ? "" : " and ") + to_string(operand.type.shape);
  }
  if (auto shape = broadcast_shape(shapes)) return *std::move(shape);
  return context.error("the shapes " + said + " do not broadcast");
}

Expected<TensorType> infer_elementwise(const OpContext& context, std::size_t least, std::size_t most) {
  const auto present = static_cast<std::size_t>(std::ranges::count_if(context.operands, &Operand::present));
  if (present < least || context.operands.size() > most || !context.has(0)) {
    return context.error(fmt::format("{} operands; it takes {} to {}", present, least, most));
  }
  const ElementType element = context.operands[0].type.element;
  for (const auto& operand : context.operands) {
    if (operand.present && operand.type.element != element) {
      return context.error(fmt::format("operands of types {} and {}; they must be the same", to_string(element),
                                       to_string(operand.type.element)));
    }
  }
  auto shape = infer_broadcast(context);
  if (!shape) return shape.errors();
  return TensorType{element, *std::move(shape)};
}

Tensor evaluate_reals(const OpContext& context, const TensorType& type, const HostFunction<double>& function) {
  const auto results = evaluate_as<double>(context, type.shape, function);
  if (!is_integer(type.element)) return tensor_of(type, results);
  std::vector<std::int64_t> integers;
  for (const double value : results) {
    integers.push_back(std::abs(value) < 0x1p63 ? static_cast<std::int64_t>(value) : 0);
  }
  return tensor_of(type, integers);
}

Tensor evaluate_integers(const OpContext& context, const TensorType& type, const HostFunction<std::int64_t>& function) {
  return tensor_of(type, evaluate_as<std::int64_t>(context, type.shape, function));
}

Kernel lower_elementwise(const OpContext& context, const std::function<Value(const ScalarContext&)>& scalar) {
  Kernel kernel = kernel_for(context);
  const Shape& shape = context.node.outputs.at(0).type.shape;
  const auto rows = row_dimensions(shape);
  std::vector<AffineExpr> index(shape.size());
  add_token_loops(kernel, shape, rows, index);
  NestBuilder nest(kernel, context.node.op);
  add_loops(nest, shape, other_dimensions(shape, rows), index);
  std::vector<std::optional<Value>> operands;
  for (const auto& operand : context.operands) {
    operands.push_back(operand.present ? std::optional(operand_value(nest, operand, index)) : std::nullopt);
  }
  Value y = scalar({context.node, nest, operands.at(0).value(), std::span(operands).subspan(1)});
  y = apply_epilogues(context, nest, y, index);
  nest.store(output_array(kernel, context), index, y);
  return kernel;
}

OpDef elementwise_op(const Elementwise& op) {
  OpDef def;
  def.name = op.name;
  def.attributes = op.attributes;
  def.infer = [op](const OpContext& context) -> Expected<std::vector<TensorType>> {
    auto type = infer_elementwise(context, op.least_operands, op.most_operands);
    if (!type) return type.errors();
    if (is_integer(type->element) && !op.integer) {
      return context.error(fmt::format("{} is not defined on {}", op.name, to_string(type->element)));
    }
    if (op.result) type->element = *op.result;
    return std::vector{*std::move(type)};
  };
  def.evaluate = [op, infer = def.infer](const OpContext& context) {
    const TensorType type = infer(context).value().at(0);
    const bool integers = is_integer(context.operands[0].type.element);
    return std::vector{integers ? evaluate_integers(context, type, op.integer)
                                : evaluate_reals(context, type, op.real)};
  };
  def.lower = [op](const OpContext& context) -> Expected<Kernel> {
    if (auto refused = refuse_elements(context, op.scalar_takes_integers)) return *std::move(refused);
    return lower_elementwise(context, op.scalar);
  };
  def.scalar = op.scalar;
  return def;
}

}  // namespace sluice
