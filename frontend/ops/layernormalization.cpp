#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "frontend/ops/elementwise.hpp"
#include "frontend/ops/host_numbers.hpp"
#include "frontend/ops/loop_parts.hpp"
#include "frontend/ops/lowering.hpp"
#include "frontend/ops/row_nests.hpp"

/// LayerNormalization: (x - mean) / sqrt(variance + epsilon) * scale + bias over all dimensions from the axis on. Three
/// passes: mean; variance about it, which is more precise than a difference of squares; result. They compute in the
/// type that ONNX calls stash type, float32: epsilon would be a subnormal in float16. Scale and bias are applied in
/// x's.
namespace sluice {
namespace {

constexpr float kEpsilon = 1e-5F;

Expected<int> axis_of(const OpContext& context) {
  if (!context.has(0) || !context.has(1)) return context.error("it takes a tensor, a scale and perhaps a bias");
  const int rank = static_cast<int>(context.operands[0].type.shape.size());
  const std::int64_t given = context.integer("axis", -1);
  const auto axis = normalized_axis(given, rank);
  if (!axis) return context.error(fmt::format("axis {} of a tensor of rank {}", given, rank));
  return *axis;
}

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  const auto axis = axis_of(context);
  if (!axis) return axis.errors();
  if (const auto stash = context.integer("stash_type", 1); stash != 1)
    return context.error(fmt::format("stash_type {} is not supported, only 1 (float32)", stash));
  if (context.output_count > 1) return context.error("the outputs Mean and InvStdDev are not supported");
  const Shape& shape = context.operands[0].type.shape;
  for (std::size_t i = 1; i < context.operands.size(); ++i) {
    if (!context.has(i)) continue;
    const std::vector<Shape> both{shape, context.operands[i].type.shape};
    if (broadcast_shape(both) != shape) {
      return context.error(
          fmt::format("the shape {} of operand {} does not broadcast to {}", to_string(both[1]), i, to_string(shape)));
    }
  }
  return std::vector{context.operands[0].type};
}

/// The normalised tensor, before scale and bias.
std::vector<double> normalized(const OpContext& context) {
  auto x = numbers<double>(*context.operands[0].constant);
  const Shape& shape = context.operands[0].type.shape;
  std::size_t length = 1;
  for (std::size_t d = static_cast<std::size_t>(axis_of(context).value()); d < shape.size(); ++d) {
    length *= static_cast<std::size_t>(shape[d]);
  }
  for (std::size_t first = 0; first < x.size(); first += length) {
    const std::span group(x.data() + first, length);
    const double mean = std::accumulate(group.begin(), group.end(), 0.0) / static_cast<double>(length);
    double variance = 0;
    for (const double value : group) variance += (value - mean) * (value - mean) / static_cast<double>(length);
    const double scale = 1 / std::sqrt(variance + context.real("epsilon", kEpsilon));
    for (double& value : group) value = (value - mean) * scale;
  }
  return x;
}

std::vector<Tensor> evaluate(const OpContext& context) {
  const TensorType type = context.operands[0].type;
  OpContext affine = context;
  affine.operands[0].type.element = ElementType::float64;
  affine.operands[0].constant =
      std::make_shared<const Tensor>(tensor_of({ElementType::float64, type.shape}, normalized(context)));
  return {evaluate_reals(affine, type, [](const OpContext& operands, std::span<const double> x) {
    return x[0] * x[1] + (operands.has(2) ? x[2] : 0);
  })};
}

/// float32 for what is narrower.
ScalarType stash_type(const ScalarType& own) {
  const ScalarType single = scalar_type(ElementType::float32);
  return own.width() < single.width() ? single : own;
}

Expected<Kernel> lower(const OpContext& context) {
  if (auto refused = refuse_elements(context, false)) return *std::move(refused);
  Kernel kernel = kernel_for(context);
  const Operand& x = context.operands[0];
  const ScalarType own = scalar_type(x.type.element);
  const ScalarType type = stash_type(own);
  const FloatFormat format = type.format();
  const auto element_of = [&](NestBuilder& nest, const std::vector<AffineExpr>& index) {
    const Value value = operand_value(nest, x, index);
    return type == own ? value : nest.convert(value, type);
  };
  std::vector<int> grouped(x.type.shape.size() - static_cast<std::size_t>(axis_of(context).value()));
  std::iota(grouped.begin(), grouped.end(), axis_of(context).value());
  double inverse_count = 1;
  for (const int d : grouped) inverse_count /= static_cast<double>(x.type.shape[static_cast<std::size_t>(d)]);
  RowNests rows(kernel, x.type.shape, grouped);
  const ArrayId means = rows.group_array("mean", type);
  const ArrayId scales = rows.group_array("scale", type);
  {
    auto [nest, index, group, element, iterators] = rows.pass("mean");
    const Value sum = reduce(nest, Opcode::add, iterators, empty_sum(nest, type), element_of(nest, index));
    nest.store(means, group, nest.multiply(sum, nest.constant(format, inverse_count)), last_iteration(nest, iterators));
  }
  {
    auto [nest, index, group, element, iterators] = rows.pass("variance");
    const Value difference = nest.subtract(element_of(nest, index), nest.load(means, group));
    const Value sum =
        reduce(nest, Opcode::add, iterators, empty_sum(nest, type), nest.multiply(difference, difference));
    const Value variance = nest.multiply(sum, nest.constant(format, inverse_count));
    const Value deviation =
        nest.unary(Opcode::square_root, nest.add(variance, nest.constant(format, context.real("epsilon", kEpsilon))));
    nest.store(scales, group, nest.divide(nest.constant(format, 1.0), deviation), last_iteration(nest, iterators));
  }
  auto [nest, index, group, element, iterators] = rows.pass("result");
  const Value difference = nest.subtract(element_of(nest, index), nest.load(means, group));
  const Value normal = nest.multiply(difference, nest.load(scales, group));
  Value y =
      nest.multiply(type == own ? normal : nest.convert(normal, own), operand_value(nest, context.operands[1], index));
  if (context.has(2)) y = nest.add(y, operand_value(nest, context.operands[2], index));
  store_result(context, nest, output_array(kernel, context), index, y);
  return kernel;
}

}  // namespace

const OpDef& layernormalization_op() {
  static const OpDef def = [] {
    OpDef layernorm;
    layernorm.name = "LayerNormalization";
    layernorm.first_opset = 17;
    layernorm.attributes = {"axis", "epsilon", "stash_type"};
    layernorm.infer = infer;
    layernorm.evaluate = evaluate;
    layernorm.lower = lower;
    return layernorm;
  }();
  return def;
}

}  // namespace sluice
