#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "frontend/ops/elementwise.hpp"
#include "frontend/ops/functions/functions.hpp"
#include "frontend/ops/host_numbers.hpp"
#include "frontend/ops/loop_parts.hpp"
#include "frontend/ops/lowering.hpp"
#include "frontend/ops/row_nests.hpp"

/// Softmax and LogSoftmax, in three passes over each group: its maximum; the powers and their sum; the quotients, or
/// differences from the sum's logarithm. From opset 13 on a group is a line along the axis; before, everything from the
/// axis on.
namespace sluice {
namespace {

constexpr int kLineOpset = 13;

enum class Result { probability, logarithm };

/// The grouped axes, adjacent and ascending.
Expected<std::vector<int>> grouped_axes(const OpContext& context) {
  if (!context.has(0)) return context.error("it takes one operand");
  const int rank = static_cast<int>(context.operands[0].type.shape.size());
  const std::int64_t given = context.integer("axis", context.node.opset < kLineOpset ? 1 : -1);
  // The flattening takes an axis of `rank` too: groups of one element.
  if (context.node.opset < kLineOpset && given == rank) return std::vector<int>{};
  const auto axis = normalized_axis(given, rank);
  if (!axis) return context.error(fmt::format("axis {} of a tensor of rank {}", given, rank));
  std::vector<int> axes(context.node.opset < kLineOpset ? static_cast<std::size_t>(rank - *axis) : 1);
  std::iota(axes.begin(), axes.end(), *axis);
  return axes;
}

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  const auto axes = grouped_axes(context);
  if (!axes) return axes.errors();
  if (is_integer(context.operands[0].type.element)) return context.error("it is not defined on integers");
  return std::vector{context.operands[0].type};
}

/// Elements of one group: `length` of them, `stride` apart.
struct Group {
  std::int64_t length = 1;
  std::int64_t stride = 1;
};

void evaluate_group(std::vector<double>& x, std::int64_t first, const Group& group, Result result) {
  const auto element = [&](std::int64_t i) -> double& { return x[static_cast<std::size_t>(first + i * group.stride)]; };
  double largest = -std::numeric_limits<double>::infinity();
  for (std::int64_t i = 0; i < group.length; ++i) largest = std::max(largest, element(i));
  double sum = 0;
  for (std::int64_t i = 0; i < group.length; ++i) sum += std::exp(element(i) - largest);
  for (std::int64_t i = 0; i < group.length; ++i) {
    const double difference = element(i) - largest;
    element(i) = result == Result::probability ? std::exp(difference) / sum : difference - std::log(sum);
  }
}

std::vector<Tensor> evaluate(const OpContext& context, Result result) {
  const TensorType& type = context.operands[0].type;
  auto x = numbers<double>(*context.operands[0].constant);
  Group group;
  const auto strides = row_major_strides(type.shape);
  const std::vector<int> axes = grouped_axes(context).value();
  for (const int axis : axes) {
    group.length *= type.shape[static_cast<std::size_t>(axis)];
    group.stride = strides[static_cast<std::size_t>(axis)];
  }
  const auto count = static_cast<std::int64_t>(x.size());
  for (std::int64_t block = 0; block < count; block += group.length * group.stride) {
    for (std::int64_t i = 0; i < group.stride; ++i) evaluate_group(x, block + i, group, result);
  }
  return {tensor_of(type, x)};
}

void add_maximum(RowNests& rows, const Operand& x, ArrayId maxima) {
  auto [nest, index, group, element, iterators] = rows.pass("maximum");
  const FloatFormat format = scalar_type(x.type.element).format();
  const Value least = nest.constant(ScalarType::floating(format), fp::infinity(format, true));
  const Value largest = reduce(nest, Opcode::maximum, iterators, least, operand_value(nest, x, index));
  nest.store(maxima, group, largest, last_iteration(nest, iterators));
}

/// Also stores every power where `powers` is given, and the sum's logarithm instead of the sum where it is not.
void add_sum(RowNests& rows, const Operand& x, ArrayId maxima, ArrayId sums, std::optional<ArrayId> powers) {
  auto [nest, index, group, element, iterators] = rows.pass("sum");
  const Value difference = nest.subtract(operand_value(nest, x, index), nest.load(maxima, group));
  const Value power = functions::exponential(nest, difference);
  if (powers) nest.store(*powers, element, power);
  const Value sum = reduce(nest, Opcode::add, iterators, empty_sum(nest, nest.type(power)), power);
  nest.store(sums, group, powers ? sum : functions::logarithm(nest, sum), last_iteration(nest, iterators));
}

Expected<Kernel> lower(const OpContext& context, Result result) {
  if (auto refused = refuse_elements(context, false)) return *std::move(refused);
  Kernel kernel = kernel_for(context);
  const Operand& x = context.operands[0];
  const ScalarType type = scalar_type(x.type.element);
  RowNests rows(kernel, x.type.shape, grouped_axes(context).value());
  const ArrayId maxima = rows.group_array("maximum", type);
  const ArrayId sums = rows.group_array("sum", type);
  std::optional<ArrayId> powers;
  if (result == Result::probability) powers = rows.element_array("power", type);

  add_maximum(rows, x, maxima);
  add_sum(rows, x, maxima, sums, powers);
  auto [nest, index, group, element, iterators] = rows.pass("result");
  const Value sum = nest.load(sums, group);
  const Value y = powers ? nest.divide(nest.load(*powers, element), sum)
                         : nest.subtract(nest.subtract(operand_value(nest, x, index), nest.load(maxima, group)), sum);
  store_result(context, nest, output_array(kernel, context), index, y);
  return kernel;
}

OpDef softmax_of(std::string_view name, Result result) {
  OpDef def;
  def.name = name;
  def.attributes = {"axis"};
  def.infer = infer;
  def.evaluate = [result](const OpContext& context) { return evaluate(context, result); };
  def.lower = [result](const OpContext& context) { return lower(context, result); };
  return def;
}

}  // namespace

const OpDef& softmax_op() {
  static const OpDef def = softmax_of("Softmax", Result::probability);
  return def;
}

const OpDef& logsoftmax_op() {
  static const OpDef def = softmax_of("LogSoftmax", Result::logarithm);
  return def;
}

}  // namespace sluice
