#include "frontend/ops/transposed_window.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/ops/window.hpp"

namespace sluice {
namespace {

using Numbers = std::vector<std::int64_t>;

/// The attributes, one number for each spatial axis.
struct Attributes {
  Numbers strides, dilations, pads, output_padding, output_shape;
  std::string auto_pad;
};

Expected<Attributes> attributes_of(const OpContext& context, std::size_t rank) {
  Attributes a{context.integers("strides", Numbers(rank, 1)),
               context.integers("dilations", Numbers(rank, 1)),
               context.integers("pads", Numbers(2 * rank, 0)),
               context.integers("output_padding", Numbers(rank, 0)),
               context.integers("output_shape"),
               context.text("auto_pad", "NOTSET")};
  // Some exporters give the batch and the channels too.
  if (a.output_shape.size() == rank + 2) a.output_shape.erase(a.output_shape.begin(), a.output_shape.begin() + 2);
  Diagnostics errors;
  const auto check = [&](std::string_view name, const Numbers& values, std::size_t count, std::int64_t least) {
    const bool in_range = std::ranges::all_of(values, [&](auto value) { return value >= least; });
    if (values.size() == count && in_range) return;
    errors.push_back(context.error(
        fmt::format("attribute '{}' is {}, which does not fit {} spatial axes", name, to_string(values), rank)));
  };
  check("strides", a.strides, rank, 1);
  check("dilations", a.dilations, rank, 1);
  check("pads", a.pads, 2 * rank, 0);
  check("output_padding", a.output_padding, rank, 0);
  if (!a.output_shape.empty()) check("output_shape", a.output_shape, rank, 1);
  if (a.auto_pad != "NOTSET" && a.auto_pad != "VALID" && a.auto_pad != "SAME_UPPER" && a.auto_pad != "SAME_LOWER") {
    errors.push_back(context.error(fmt::format("auto_pad '{}' is not known", a.auto_pad)));
  }
  if (!errors.empty()) return errors;
  return a;
}

TransposedAxis axis_of(const Attributes& a, std::size_t i, std::string name, std::int64_t input, std::int64_t kernel) {
  const std::size_t rank = a.strides.size();
  TransposedAxis axis{std::move(name), input, 1, kernel, a.strides[i], a.dilations[i], 0};
  const std::int64_t full = axis.stride * (input - 1) + a.output_padding[i] + (kernel - 1) * axis.dilation + 1;
  const bool same = a.auto_pad.starts_with("SAME");
  if (a.output_shape.empty() && !same) {
    axis.pad_before = a.auto_pad == "VALID" ? 0 : a.pads[i];
    axis.output = full - axis.pad_before - (a.auto_pad == "VALID" ? 0 : a.pads[rank + i]);
    return axis;
  }
  axis.output = a.output_shape.empty() ? input * axis.stride : a.output_shape[i];
  const std::int64_t pads = std::max<std::int64_t>(full - axis.output, 0);
  axis.pad_before = a.auto_pad == "SAME_UPPER" ? pads / 2 : pads - pads / 2;
  return axis;
}

}  // namespace

Shape TransposedConv::output_shape() const {
  Shape shape{batch, groups * out_channels};
  for (const auto& axis : axes) shape.push_back(axis.output);
  return shape;
}

Expected<TransposedConv> transposed_conv_of(const OpContext& context) {
  const Shape& x = context.operands[0].type.shape;
  const Shape& w = context.operands[1].type.shape;
  if (x.size() < 3 || w.size() != x.size()) {
    return context.error(
        fmt::format("the input {} and the weights {} must have one rank, at least 3", to_string(x), to_string(w)));
  }
  const std::int64_t groups = context.integer("group", 1);
  if (groups < 1 || x[1] != w[0] || x[1] % groups != 0) {
    return context.error(
        fmt::format("{} input channels and weights {} don't divide into {} groups", x[1], to_string(w), groups));
  }
  TransposedConv conv{x[0], groups, x[1] / groups, w[1], {}};
  if (context.has(2) && context.operands[2].type.shape != Shape{groups * w[1]}) {
    return context.error(fmt::format("the bias has the shape {} where {} output channels need [{}]",
                                     to_string(context.operands[2].type.shape), groups * w[1], groups * w[1]));
  }
  const Shape kernel = spatial_extents(w);
  if (context.integers("kernel_shape", kernel) != kernel) {
    return context.error(fmt::format("attribute 'kernel_shape' is not that of the weights, {}", to_string(w)));
  }
  const auto attributes = attributes_of(context, kernel.size());
  if (!attributes) return attributes.errors();
  const auto names = spatial_names(kernel.size());
  for (std::size_t i = 0; i < kernel.size(); ++i) {
    conv.axes.push_back(axis_of(*attributes, i, names[i], x[i + 2], kernel[i]));
    if (conv.axes[i].output < 1) {
      return context.error(fmt::format("padding leaves nothing of the output on axis {}", names[i]));
    }
  }
  return conv;
}

}  // namespace sluice
