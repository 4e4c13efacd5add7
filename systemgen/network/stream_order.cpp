#include "systemgen/network/stream_order.hpp"

namespace sluice {

std::string_view to_string(StreamLayout layout) {
  return layout == StreamLayout::row_major ? "row-major" : "channels-last";
}

std::int64_t StreamOrder::element(std::int64_t place) const {
  const std::int64_t in_image = place % image();
  return place - in_image + in_image % channels * pixels + in_image / channels;
}

bool has_channels(const Shape& shape) {
  constexpr std::size_t kLeastRank = 3;
  return shape.size() >= kLeastRank;
}

StreamOrder stream_order(StreamLayout layout, const Shape& shape) {
  if (layout == StreamLayout::row_major || !has_channels(shape)) return {};
  const StreamOrder order{shape[1], element_count(shape) / (shape[0] * shape[1])};
  return order.channels == 1 || order.pixels == 1 ? StreamOrder{} : order;
}

StreamOrder order_of(const StreamOrders& orders, const std::string& tensor) {
  const auto found = orders.find(tensor);
  return found == orders.end() ? StreamOrder{} : found->second;
}

}  // namespace sluice
