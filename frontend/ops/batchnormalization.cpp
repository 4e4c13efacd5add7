#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "frontend/ops/host_numbers.hpp"
#include "frontend/ops/loop_parts.hpp"
#include "frontend/ops/lowering.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// The operands after the input, one number for each channel.
enum Parameter : std::size_t { scale = 1, bias = 2, mean = 3, variance = 4 };

constexpr float kEpsilon = 1e-5F;

std::int64_t channels_of(const Shape& x) { return x.size() < 2 ? 1 : x[1]; }

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  const TensorType& x = context.operands[0].type;
  if (context.output_count > 1 || context.integer("training_mode", 0) != 0) {
    return context.error("the training form is not supported", "export the model for inference");
  }
  if (context.integer("spatial", 1) != 1) {
    return context.error("statistics for every pixel (spatial = 0) are not supported", "use one for each channel");
  }
  for (const std::size_t i : {scale, bias, mean, variance}) {
    const TensorType& parameter = context.operands[i].type;
    if (parameter.shape != Shape{channels_of(x.shape)}) {
      return context.error(fmt::format("operand {} is a {} where the input {} has {} channels", i, to_string(parameter),
                                       to_string(x), channels_of(x.shape)));
    }
  }
  return std::vector<TensorType>{x};
}

/// y = x * factor + offset, for each channel.
struct Affine {
  std::vector<double> factor, offset;
};

Affine affine_of(const OpContext& context) {
  const auto value = [&](Parameter i) { return numbers<double>(*context.operands[i].constant); };
  const auto scales = value(scale), biases = value(bias), means = value(mean), variances = value(variance);
  Affine affine;
  for (std::size_t c = 0; c < scales.size(); ++c) {
    affine.factor.push_back(scales[c] / std::sqrt(variances[c] + context.real("epsilon", kEpsilon)));
    affine.offset.push_back(biases[c] - means[c] * affine.factor[c]);
  }
  return affine;
}

std::vector<Tensor> evaluate(const OpContext& context) {
  const TensorType& type = context.operands[0].type;
  const Affine affine = affine_of(context);
  auto values = numbers<double>(*context.operands[0].constant);
  const std::size_t channels = affine.factor.size();
  const std::size_t batch = type.shape.size() < 2 ? 1 : static_cast<std::size_t>(type.shape[0]);
  const std::size_t plane = values.size() / (batch * channels);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t c = i / plane % channels;
    values[i] = values[i] * affine.factor[c] + affine.offset[c];
  }
  return {tensor_of(type, values)};
}

Operand known(const OpContext& context, const std::string& name, const std::vector<double>& values) {
  const TensorType type{context.operands[0].type.element, {static_cast<std::int64_t>(values.size())}};
  return {.type = type,
          .tensor = fmt::format("{}_{}", context.node.name, name),
          .constant = std::make_shared<const Tensor>(tensor_of(type, values)),
          .present = true};
}

/// The result where the statistics are known: one product and one sum.
Value lower_known(const OpContext& context, NestBuilder& nest, Value x, const std::vector<AffineExpr>& channel) {
  const Affine affine = affine_of(context);
  const Value product = nest.multiply(x, operand_value(nest, known(context, "factor", affine.factor), channel));
  return nest.add(product, operand_value(nest, known(context, "offset", affine.offset), channel));
}

Value lower_computed(const OpContext& context, NestBuilder& nest, Value x, const std::vector<AffineExpr>& channel) {
  const auto load = [&](Parameter i) {
    const Value value = operand_value(nest, context.operands[i], channel);
    return nest.type(value) == nest.type(x) ? value : nest.convert(value, nest.type(x));
  };
  const Value epsilon = nest.constant(nest.type(x).format(), context.real("epsilon", kEpsilon));
  const Value deviation = nest.unary(Opcode::square_root, nest.add(load(variance), epsilon));
  const Value normal = nest.divide(nest.subtract(x, load(mean)), deviation);
  return nest.add(nest.multiply(normal, load(scale)), load(bias));
}

Expected<Kernel> lower(const OpContext& context) {
  const Shape& shape = context.operands[0].type.shape;
  Kernel kernel = kernel_for(context);
  const ArrayId x_array = operand_array(kernel, context.operands[0]);
  const ArrayId y_array = output_array(kernel, context);
  std::vector<AffineExpr> index(shape.size());
  const auto rows = row_dimensions(shape);
  add_token_loops(kernel, shape, rows, index);
  NestBuilder nest(kernel, "normalize");
  add_loops(nest, shape, other_dimensions(shape, rows), index);
  const Value x = nest.load(x_array, index);
  const std::vector<AffineExpr> channel{shape.size() < 2 ? AffineExpr(0) : index[1]};
  const bool all_known = std::all_of(context.operands.begin() + scale, context.operands.end(),
                                     [](const Operand& operand) { return operand.constant != nullptr; });
  const Value y = all_known ? lower_known(context, nest, x, channel) : lower_computed(context, nest, x, channel);
  store_result(context, nest, y_array, index, y);
  return kernel;
}

}  // namespace

const OpDef& batchnormalization_op() {
  static const OpDef def{
      .name = "BatchNormalization",
      .attributes = {"consumed_inputs", "epsilon", "is_test", "momentum", "spatial", "training_mode"},
      .infer = infer,
      .evaluate = evaluate,
      .lower = lower,
      .scalar = nullptr};
  return def;
}

}  // namespace sluice
