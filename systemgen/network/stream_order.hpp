#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/tensor/tensor.hpp"

namespace sluice {

/// How a stream lays out its tensor in time, as users name it.
enum class StreamLayout : std::uint8_t {
  row_major,      ///< as in memory
  channels_last,  ///< of a tensor [N, C, ...]: N, ..., C, an image pixel by pixel
};

/// "row-major", "channels-last".
std::string_view to_string(StreamLayout layout);

/// The order in which the elements of a tensor travel. The tensor is seen as images of `channels` x `pixels` elements:
/// of every image, all channels of a pixel come one after another, then those of the next pixel. Row-major order is
/// that of images with one channel.
struct StreamOrder {
  std::int64_t channels = 1;
  std::int64_t pixels = 1;
  bool operator==(const StreamOrder&) const = default;

  [[nodiscard]] bool is_row_major() const { return channels == 1; }
  [[nodiscard]] StreamLayout layout() const {
    return is_row_major() ? StreamLayout::row_major : StreamLayout::channels_last;
  }
  /// Elements from one image to the next.
  [[nodiscard]] std::int64_t image() const { return channels * pixels; }
  /// The row-major number of the element that travels at a place, counted from 0.
  [[nodiscard]] std::int64_t element(std::int64_t place) const;
};

/// Whether a tensor has channels before other dimensions: [N, C, ...] of at least three.
bool has_channels(const Shape& shape);

/// The order of a tensor of that shape. Row-major too where that is the same: without channels, of one channel, of
/// one pixel.
StreamOrder stream_order(StreamLayout layout, const Shape& shape);

/// Orders by tensor, the TensorGraph's name for it; of all others row-major.
using StreamOrders = std::map<std::string, StreamOrder>;

/// That of one tensor.
StreamOrder order_of(const StreamOrders& orders, const std::string& tensor);

}  // namespace sluice
