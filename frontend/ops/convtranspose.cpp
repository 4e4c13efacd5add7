#include <memory>

#include "frontend/ops/host_numbers.hpp"
#include "frontend/ops/op_def.hpp"
#include "frontend/ops/transposed_window.hpp"
#include "frontend/ops/window.hpp"

namespace sluice {
namespace {

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  const auto conv = transposed_conv_of(context);
  if (!conv) return conv.errors();
  return std::vector<TensorType>{{context.operands[0].type.element, conv->output_shape()}};
}

/// Numbers of a kernel's tap and of the output element that it adds to, for one input position.
std::vector<Tap> reached(const TransposedConv& conv, const std::vector<std::int64_t>& position) {
  std::vector<Tap> taps{{}};
  for (std::size_t i = 0; i < conv.axes.size(); ++i) {
    const auto& axis = conv.axes[i];
    std::vector<Tap> longer;
    for (const auto& tap : taps) {
      for (std::int64_t k = 0; k < axis.kernel; ++k) {
        const std::int64_t at = position[i] * axis.stride + k * axis.dilation - axis.pad_before;
        if (at >= 0 && at < axis.output) longer.push_back({tap.tap * axis.kernel + k, tap.input * axis.output + at});
      }
    }
    taps = std::move(longer);
  }
  return taps;
}

std::vector<Tensor> evaluate(const OpContext& context) {
  const TransposedConv conv = transposed_conv_of(context).value();
  const auto x = numbers<double>(*context.operands[0].constant);
  const auto w = numbers<double>(*context.operands[1].constant);
  const TensorType type = infer(context).value()[0];
  const Shape positions = spatial_extents(context.operands[0].type.shape);
  const std::int64_t in_plane = element_count(positions), out_plane = element_count(spatial_extents(type.shape));
  const std::int64_t taps_count = element_count(spatial_extents(context.operands[1].type.shape));
  std::vector<double> y(static_cast<std::size_t>(element_count(type.shape)));
  if (context.has(2)) {
    const auto bias = numbers<double>(*context.operands[2].constant);
    const auto plane = static_cast<std::size_t>(out_plane);
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = bias[i / plane % bias.size()];
  }
  std::vector<std::int64_t> position(positions.size());
  for (std::int64_t at = 0; at < in_plane; ++at, advance(position, positions)) {
    const auto taps = reached(conv, position);
    for (std::int64_t n = 0; n < conv.batch; ++n) {
      for (std::int64_t channel = 0; channel < conv.groups * conv.in_channels; ++channel) {
        const double element =
            x[static_cast<std::size_t>((n * conv.groups * conv.in_channels + channel) * in_plane + at)];
        for (std::int64_t oc = 0; oc < conv.out_channels; ++oc) {
          const std::int64_t out = (n * conv.groups + channel / conv.in_channels) * conv.out_channels + oc;
          const double* weights = &w[static_cast<std::size_t>((channel * conv.out_channels + oc) * taps_count)];
          double* plane = &y[static_cast<std::size_t>(out * out_plane)];
          for (const auto& tap : taps) plane[tap.input] += element * weights[tap.tap];
        }
      }
    }
  }
  return {tensor_of(type, y)};
}

/// The weights with zeros between their taps, and the convolution that no longer dilates them.
Tensor undilated(const Tensor& w, TransposedConv& conv) {
  Shape shape = w.shape();
  for (std::size_t i = 0; i < conv.axes.size(); ++i) {
    shape[i + 2] = (conv.axes[i].kernel - 1) * conv.axes[i].dilation + 1;
  }
  Tensor wide({w.element(), shape});
  const auto strides = row_major_strides(shape);
  std::vector<std::int64_t> index(shape.size());
  for (std::int64_t i = 0; i < w.size(); ++i, advance(index, w.shape())) {
    auto to = index;
    for (std::size_t d = 0; d < conv.axes.size(); ++d) to[d + 2] *= conv.axes[d].dilation;
    wide.set_bits(flat_index(to, strides), w.bits(i));
  }
  for (std::size_t i = 0; i < conv.axes.size(); ++i) {
    conv.axes[i].kernel = shape[i + 2];
    conv.axes[i].dilation = 1;
  }
  return wide;
}

Expected<Kernel> lower(const OpContext& context) {
  auto conv = transposed_conv_of(context);
  if (!conv) return conv.errors();
  Operand w = context.operands[1];
  bool dilated = false;
  for (const auto& axis : conv->axes) dilated = dilated || (axis.dilation != 1 && axis.kernel != 1);
  std::int64_t taps = 1;
  for (const auto& axis : conv->axes) taps *= axis.kernel;
  if (dilated) {
    if (!w.constant)
      return context.error("dilated weights that the model computes are not supported", "make them a constant");
    w.constant = std::make_shared<const Tensor>(undilated(*w.constant, *conv));
    w.type = w.constant->type();
  }
  Kernel kernel = lower_transposed_conv(context, *conv, w);
  kernel.macs = element_count(context.operands[0].type.shape) * conv->out_channels * taps;
  return kernel;
}

}  // namespace

const OpDef& convtranspose_op() {
  static const OpDef def{.name = "ConvTranspose",
                         .attributes = {"auto_pad", "dilations", "group", "kernel_shape", "output_padding",
                                        "output_shape", "pads", "strides"},
                         .infer = infer,
                         .evaluate = evaluate,
                         .lower = lower,
                         .scalar = nullptr};
  return def;
}

}  // namespace sluice
