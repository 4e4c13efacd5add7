#include <fmt/format.h>

#include "frontend/ops/host_numbers.hpp"
#include "frontend/ops/loop_parts.hpp"
#include "frontend/ops/lowering.hpp"
#include "frontend/ops/op_def.hpp"
#include "frontend/ops/window.hpp"

namespace sluice {
namespace {

/// Sizes of a convolution: x[N][G*IC][...] with w[G*OC][IC][...] to y[N][G*OC][...].
struct Sizes {
  std::int64_t batch, groups, in_channels, out_channels;  ///< channels of one group
  Window window;
};

Expected<Sizes> sizes_of(const OpContext& context) {
  const Shape& x = context.operands[0].type.shape;
  const Shape& w = context.operands[1].type.shape;
  if (x.size() < 3 || w.size() != x.size()) {
    return context.error(
        fmt::format("the input {} and the weights {} must have one rank, at least 3", to_string(x), to_string(w)));
  }
  const std::int64_t groups = context.integer("group", 1);
  if (groups < 1 || x[1] != w[1] * groups || w[0] % groups != 0) {
    return context.error(
        fmt::format("{} input channels and weights {} don't divide into {} groups", x[1], to_string(w), groups));
  }
  if (context.has(2) && context.operands[2].type.shape != Shape{w[0]}) {
    return context.error(fmt::format("the bias has the shape {} where {} output channels need [{}]",
                                     to_string(context.operands[2].type.shape), w[0], w[0]));
  }
  const Shape kernel = spatial_extents(w);
  if (context.integers("kernel_shape", kernel) != kernel) {
    return context.error(fmt::format("attribute 'kernel_shape' is not that of the weights, {}", to_string(w)));
  }
  auto window = sliding_window(context, spatial_extents(x), kernel);
  if (!window) return window.errors();
  return Sizes{x[0], groups, w[1], w[0] / groups, *window};
}

/// Where the operator has a tensor of the result's shape that is added to it: an operand that ONNX doesn't have, as the
/// Z of ONNX Runtime's FusedConv.
constexpr std::size_t kAddend = 3;

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  const auto sizes = sizes_of(context);
  if (!sizes) return sizes.errors();
  TensorType type{context.operands[0].type.element, {sizes->batch, sizes->groups * sizes->out_channels}};
  for (const auto& axis : sizes->window) type.shape.push_back(axis.output);
  if (context.has(kAddend) && context.operands[kAddend].type != type) {
    return context.error(fmt::format("{} can't be added to a result of type {}",
                                     to_string(context.operands[kAddend].type), to_string(type)));
  }
  return std::vector{type};
}

std::vector<Tensor> evaluate(const OpContext& context) {
  const Sizes sizes = sizes_of(context).value();
  const auto x = numbers<double>(*context.operands[0].constant);
  const auto w = numbers<double>(*context.operands[1].constant);
  const auto bias = context.has(2) ? numbers<double>(*context.operands[2].constant) : std::vector<double>();
  const auto addend =
      context.has(kAddend) ? numbers<double>(*context.operands[kAddend].constant) : std::vector<double>();
  const TensorType type = infer(context).value()[0];
  const Shape positions = output_extents(sizes.window);
  const std::int64_t in_plane = element_count(spatial_extents(context.operands[0].type.shape));
  const std::int64_t out_plane = element_count(positions);
  const std::int64_t taps_count = element_count(kernel_extents(sizes.window));
  const std::int64_t channels = sizes.groups * sizes.out_channels;
  std::vector<double> y(static_cast<std::size_t>(element_count(type.shape)));

  std::vector<std::int64_t> position(positions.size());
  for (std::int64_t at = 0; at < out_plane; ++at, advance(position, positions)) {
    const auto taps = taps_inside(sizes.window, position);
    for (std::int64_t n = 0; n < sizes.batch; ++n) {
      for (std::int64_t oc = 0; oc < channels; ++oc) {
        const std::int64_t first_channel = (n * sizes.groups + oc / sizes.out_channels) * sizes.in_channels;
        double sum = bias.empty() ? 0 : bias[static_cast<std::size_t>(oc)];
        for (std::int64_t ic = 0; ic < sizes.in_channels; ++ic) {
          const double* plane = &x[static_cast<std::size_t>((first_channel + ic) * in_plane)];
          const double* weights = &w[static_cast<std::size_t>((oc * sizes.in_channels + ic) * taps_count)];
          for (const auto& tap : taps) sum += plane[tap.input] * weights[tap.tap];
        }
        const auto element = static_cast<std::size_t>((n * channels + oc) * out_plane + at);
        y[element] = addend.empty() ? sum : sum + addend[element];
      }
    }
  }
  return {tensor_of(type, y)};
}

Expected<Kernel> lower(const OpContext& context) {
  const auto sizes = sizes_of(context);
  if (!sizes) return sizes.errors();
  const Window& window = sizes->window;
  Kernel kernel = kernel_for(context);
  const ArrayId x_array = operand_array(kernel, context.operands[0]);
  const ArrayId w_array = operand_array(kernel, context.operands[1]);
  const ArrayId y_array = output_array(kernel, context);
  kernel.macs = element_count(kernel.array(y_array).shape) * sizes->in_channels * element_count(kernel_extents(window));

  const AffineExpr n = token_loop(kernel, "n", sizes->batch);
  std::vector<AffineExpr> o{token_loop(kernel, "o" + window[0].name, window[0].output)};
  std::optional<ArrayId> bias_array;
  if (context.has(2)) bias_array = operand_array(kernel, context.operands[2]);

  NestBuilder nest(kernel, "mac");
  for (std::size_t i = 1; i < window.size(); ++i) o.push_back(nest_loop(nest, "o" + window[i].name, window[i].output));
  const AffineExpr g = nest_loop(nest, "g", sizes->groups);
  const AffineExpr oc = g * sizes->out_channels + nest_loop(nest, "oc", sizes->out_channels);
  std::vector<AffineExpr> reduction{nest_loop(nest, "ic", sizes->in_channels)};
  const std::vector<AffineExpr> k = kernel_loops(nest, window);
  reduction.insert(reduction.end(), k.begin(), k.end());

  std::vector<AffineExpr> y_index{n, oc};
  std::vector<AffineExpr> w_index{oc, reduction[0]};
  std::vector<AffineExpr> at;
  for (std::size_t i = 0; i < window.size(); ++i) {
    y_index.push_back(o[i]);
    w_index.push_back(k[i]);
    at.push_back(window[i].input_index(o[i], k[i]));
  }
  std::vector<AffineExpr> x_index{n, g * sizes->in_channels + reduction[0]};
  x_index.insert(x_index.end(), at.begin(), at.end());

  const Value x = load_or(nest, x_array, x_index, needed_guard(nest, inside(window, at)), 0);
  const Value product = nest.multiply(x, nest.load(w_array, w_index));
  std::optional<Value> initial;
  if (bias_array) initial = nest.load(*bias_array, {oc});
  if (context.has(kAddend)) {
    const Value addend = operand_value(nest, context.operands[kAddend], y_index);
    initial = initial ? nest.add(*initial, addend) : addend;
  }
  const Value sum = reduce(nest, Opcode::add, reduction, initial.value_or(empty_sum(nest, nest.type(x))), product);
  store_result(context, nest, y_array, y_index, sum, last_iteration(nest, reduction));
  return kernel;
}

}  // namespace

const OpDef& conv_op() {
  static const OpDef def{.name = "Conv",
                         .attributes = {"auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"},
                         .infer = infer,
                         .evaluate = evaluate,
                         .lower = lower,
                         .scalar = nullptr};
  return def;
}

}  // namespace sluice
