#include "systemgen/network/stream_order.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("channels-last passes all channels of a pixel before the next pixel") {
  for (const Shape& shape : {Shape{1, 3, 4, 5}, Shape{2, 3, 7}, Shape{3, 2, 2, 3, 2}, Shape{1, 5, 1, 3}}) {
    CAPTURE(to_string(shape));
    const StreamOrder order = stream_order(StreamLayout::channels_last, shape);
    CHECK(order.layout() == StreamLayout::channels_last);
    const std::int64_t pixels = element_count(shape) / (shape[0] * shape[1]);
    std::int64_t place = 0;
    for (std::int64_t n = 0; n < shape[0]; ++n) {
      for (std::int64_t pixel = 0; pixel < pixels; ++pixel) {
        for (std::int64_t c = 0; c < shape[1]; ++c)
          CHECK(order.element(place++) == (n * shape[1] + c) * pixels + pixel);
      }
    }
  }
}

TEST_CASE("where nothing changes, channels-last is row-major") {
  for (const Shape& shape : {Shape{}, Shape{7}, Shape{3, 4}, Shape{2, 1, 8, 8}, Shape{1, 10, 1, 1}, Shape{5, 1, 1}}) {
    CAPTURE(to_string(shape));
    const StreamOrder order = stream_order(StreamLayout::channels_last, shape);
    CHECK(order == StreamOrder{});
    CHECK(order.layout() == StreamLayout::row_major);
    for (std::int64_t place = 0; place < element_count(shape); ++place) CHECK(order.element(place) == place);
  }
  CHECK(stream_order(StreamLayout::row_major, {1, 3, 4, 5}) == StreamOrder{});
}
