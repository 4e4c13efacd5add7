#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "frontend/ops/op_def.hpp"

/// Sliding windows, as convolutions and poolings have them.
namespace sluice {

/// One spatial axis: tap k of output o reads input o * stride + k * dilation - pad_before, if that is inside.
struct WindowAxis {
  std::string name;  ///< "h", "w", ...
  std::int64_t input = 1;
  std::int64_t output = 1;
  std::int64_t kernel = 1;
  std::int64_t stride = 1;
  std::int64_t dilation = 1;
  std::int64_t pad_before = 0;
  std::int64_t pad_after = 0;

  /// Extent of input that one window spans.
  [[nodiscard]] std::int64_t span() const { return (kernel - 1) * dilation + 1; }
  [[nodiscard]] AffineExpr input_index(const AffineExpr& o, const AffineExpr& k) const {
    return o * stride + k * dilation - pad_before;
  }
};

using Window = std::vector<WindowAxis>;

/// The window of a node over an input of these spatial extents, from its attributes strides, dilations, pads, auto_pad
/// and ceil_mode.
Expected<Window> sliding_window(const OpContext& context, const Shape& spatial, const Shape& kernel);

/// The spatial extents of a tensor N C D1 D2 ...
Shape spatial_extents(const Shape& shape);

/// The names of `rank` spatial axes: w; h, w; d, h, w; s0, s1, ...
std::vector<std::string> spatial_names(std::size_t rank);

/// A tap of a window that lies inside the input: row-major numbers of the tap and of the input element.
struct Tap {
  std::int64_t tap = 0;
  std::int64_t input = 0;
};

/// The taps of the window at output `position` that lie inside the input.
std::vector<Tap> taps_inside(const Window& window, std::span<const std::int64_t> position);

/// Extents of the outputs, of the kernel.
Shape output_extents(const Window& window);
Shape kernel_extents(const Window& window);

/// Adds the loops over the kernel's taps and returns their iterators.
std::vector<AffineExpr> kernel_loops(NestBuilder& nest, const Window& window);

/// Conditions that a tap lies inside the input.
std::vector<Condition> inside(const Window& window, const std::vector<AffineExpr>& input_index);

}  // namespace sluice
