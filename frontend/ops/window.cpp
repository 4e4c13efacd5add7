#include "frontend/ops/window.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "frontend/ops/loop_parts.hpp"

namespace sluice {
namespace {

std::optional<Diagnostic> check_list(const OpContext& context, std::string_view name,
                                     const std::vector<std::int64_t>& values, std::size_t count, std::int64_t least) {
  if (values.size() != count) {
    return context.error(fmt::format("attribute '{}' has {} numbers, but {} spatial axes need {}", name, values.size(),
                                     name == "pads" ? count / 2 : count, count));
  }
  for (const auto value : values) {
    if (value < least) return context.error(fmt::format("attribute '{}' has {}, less than {}", name, value, least));
  }
  return std::nullopt;
}

/// Sets output extent and padding from auto_pad SAME_*: as many windows as strides, padding shared between both ends.
void pad_same(WindowAxis& axis, bool more_before) {
  axis.output = (axis.input + axis.stride - 1) / axis.stride;
  const std::int64_t pads = std::max<std::int64_t>((axis.output - 1) * axis.stride + axis.span() - axis.input, 0);
  axis.pad_before = more_before ? (pads + 1) / 2 : pads / 2;
  axis.pad_after = pads - axis.pad_before;
}

/// Sets the output extent for given padding.
void count_windows(WindowAxis& axis, bool ceil_mode) {
  const std::int64_t room = axis.input + axis.pad_before + axis.pad_after - axis.span();
  axis.output = room < 0 ? 0 : (room + (ceil_mode ? axis.stride - 1 : 0)) / axis.stride + 1;
  // A window that would start in the padding behind the input is dropped.
  if (ceil_mode && (axis.output - 1) * axis.stride >= axis.input + axis.pad_before) --axis.output;
}

}  // namespace

Expected<Window> sliding_window(const OpContext& context, const Shape& spatial, const Shape& kernel) {
  const std::size_t rank = spatial.size();
  const auto strides = context.integers("strides", std::vector<std::int64_t>(rank, 1));
  const auto dilations = context.integers("dilations", std::vector<std::int64_t>(rank, 1));
  const auto pads = context.integers("pads", std::vector<std::int64_t>(2 * rank, 0));
  const std::string auto_pad = context.text("auto_pad", "NOTSET");
  const bool ceil_mode = context.integer("ceil_mode", 0) != 0;
  Diagnostics errors;
  const auto check = [&](std::string_view name, const auto& values, std::size_t count, std::int64_t least) {
    if (auto error = check_list(context, name, values, count, least)) errors.push_back(*error);
  };
  check("kernel_shape", kernel, rank, 1);
  check("strides", strides, rank, 1);
  check("dilations", dilations, rank, 1);
  check("pads", pads, 2 * rank, 0);
  if (!errors.empty()) return errors;

  const auto names = spatial_names(rank);
  Window window(rank);
  for (std::size_t i = 0; i < rank; ++i) {
    auto& axis = window[i];
    axis = {names[i], spatial[i], 1, kernel[i], strides[i], dilations[i], 0, 0};
    if (auto_pad == "SAME_UPPER" || auto_pad == "SAME_LOWER") {
      pad_same(axis, auto_pad == "SAME_LOWER");
      continue;
    }
    if (auto_pad == "NOTSET" || auto_pad.empty()) {
      axis.pad_before = pads[i];
      axis.pad_after = pads[rank + i];
    } else if (auto_pad != "VALID") {
      return context.error(fmt::format("auto_pad '{}' is none of NOTSET, SAME_UPPER, SAME_LOWER, VALID", auto_pad));
    }
    count_windows(axis, ceil_mode && auto_pad != "VALID");
    if (axis.output < 1) {
      return context.error(
          fmt::format("a window that spans {} does not fit the input's {} with padding {} and {} on axis {}",
                      axis.span(), axis.input, axis.pad_before, axis.pad_after, axis.name));
    }
  }
  return window;
}

Shape spatial_extents(const Shape& shape) { return {shape.begin() + 2, shape.end()}; }

std::vector<std::string> spatial_names(std::size_t rank) {
  constexpr std::string_view kNames = "dhw";
  std::vector<std::string> names;
  for (std::size_t i = 0; i < rank; ++i) {
    names.push_back(rank <= 3 ? std::string(1, kNames[3 - rank + i]) : fmt::format("s{}_", i));
  }
  return names;
}

std::vector<Tap> taps_inside(const Window& window, std::span<const std::int64_t> position) {
  std::vector<Tap> taps{{}};
  for (std::size_t i = 0; i < window.size(); ++i) {
    const auto& axis = window[i];
    std::vector<Tap> longer;
    for (const auto& tap : taps) {
      for (std::int64_t k = 0; k < axis.kernel; ++k) {
        const std::int64_t at = position[i] * axis.stride + k * axis.dilation - axis.pad_before;
        if (at < 0 || at >= axis.input) continue;
        longer.push_back({tap.tap * axis.kernel + k, tap.input * axis.input + at});
      }
    }
    taps = std::move(longer);
  }
  return taps;
}

Shape output_extents(const Window& window) {
  Shape shape;
  for (const auto& axis : window) shape.push_back(axis.output);
  return shape;
}

Shape kernel_extents(const Window& window) {
  Shape shape;
  for (const auto& axis : window) shape.push_back(axis.kernel);
  return shape;
}

std::vector<AffineExpr> kernel_loops(NestBuilder& nest, const Window& window) {
  std::vector<AffineExpr> iterators;
  for (const auto& axis : window) iterators.push_back(nest_loop(nest, "k" + axis.name, axis.kernel));
  return iterators;
}

std::vector<Condition> inside(const Window& window, const std::vector<AffineExpr>& input_index) {
  std::vector<Condition> conditions;
  for (std::size_t i = 0; i < window.size(); ++i) {
    for (auto& condition : in_range(input_index[i], window[i].input)) conditions.push_back(std::move(condition));
  }
  return conditions;
}

}  // namespace sluice
