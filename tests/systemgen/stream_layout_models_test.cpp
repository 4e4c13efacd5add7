#include <doctest/doctest.h>

#include <algorithm>

#include "systemgen/verify/frames.hpp"
#include "tests/frontend/support/models.hpp"
#include "tests/systemgen/support/single_operator.hpp"

// Models whose streams pass images pixel by pixel, through the whole flow.

using namespace sluice;

namespace {

FlowOptions pixel_by_pixel(ActorOrder order = ActorOrder::dataflow) {
  FlowOptions options;
  options.order = order;
  options.stream_layouts.all = StreamLayout::channels_last;
  options.frames.frames = 2;
  return options;
}

Tensor weights(const Shape& shape, ElementType type = ElementType::float32) { return random_tensor({type, shape}, 7); }

/// An odd image, 3 to 4 channels; the input has two readers, both outputs are images.
onnx::ModelProto two_readers() {
  return test::parse_text(
      "agraph (float[1,3,5,7] x) => (float[1,4,5,7] y, float[1,3,3,4] z) {"
      " y = Conv <pads = [1,1,1,1]> (x, w)"
      " z = MaxPool <kernel_shape = [3,3], strides = [2,2], pads = [1,1,1,1]> (x) }",
      {{"w", weights({4, 3, 3, 3})}});
}

std::vector<StreamLayout> layouts(const Report& report) {
  std::vector<StreamLayout> list;
  for (const auto& port : report.ports) list.push_back(port.order.layout());
  return list;
}

constexpr auto kRow = StreamLayout::row_major;
constexpr auto kLast = StreamLayout::channels_last;

}  // namespace

TEST_CASE("an input with two readers and two images as outputs, in every system") {
  for (const auto order : {ActorOrder::dataflow, ActorOrder::sequential, ActorOrder::staged}) {
    CAPTURE(static_cast<int>(order));
    const auto report = test::simulate_model(two_readers(), pixel_by_pixel(order));
    CHECK(layouts(report) == std::vector{kLast, kLast, kLast});
  }
}

TEST_CASE("ports have layouts of their own") {
  FlowOptions options;
  options.stream_layouts.ports = {{"x", kLast}, {"z", kLast}};
  CHECK(layouts(test::simulate_model(two_readers(), options)) == std::vector{kLast, kRow, kLast});
}

TEST_CASE("sequences, volumes and batches") {
  test::simulate_model(test::parse_text("agraph (float[2,3,9] x) => (float[2,2,9] y) {"
                                        " y = Conv <pads = [1,1]> (x, w) }",
                                        {{"w", weights({2, 3, 3})}}),
                       pixel_by_pixel());
  test::simulate_model(test::parse_text("agraph (float[1,2,3,5,3] x) => (float[1,3,3,5,3] y) {"
                                        " y = Conv <pads = [1,1,1,1,1,1]> (x, w) }",
                                        {{"w", weights({3, 2, 3, 3, 3})}}),
                       pixel_by_pixel());
  test::simulate_model(test::parse_text("agraph (float[2,3,4,5] x) => (float[2,3,2,2] y) {"
                                        " y = AveragePool <kernel_shape = [2,2], strides = [2,2]> (x) }",
                                        {}),
                       pixel_by_pixel());
}

TEST_CASE("elements of one and two bytes, and of a bit") {
  const auto report = test::simulate_model(test::parse_text("agraph (float16[1,3,5,4] x) => (float16[1,2,5,4] y) {"
                                                            " y = Conv <pads = [1,1,1,1]> (x, w) }",
                                                            {{"w", weights({2, 3, 3, 3}, ElementType::float16)}}),
                                           pixel_by_pixel());
  CHECK(report.ports[0].element_bits == 16);
  test::simulate_model(test::parse_text("agraph (int8[1,3,5,4] x) => (int8[1,3,2,2] y) {"
                                        " y = MaxPool <kernel_shape = [2,2], strides = [2,2]> (x) }",
                                        {}),
                       pixel_by_pixel());
  test::simulate_model(test::parse_text("agraph (bool[1,3,5,4] x) => (float[1,3,5,4] y) { y = Where(x, a, b) }",
                                        {{"a", weights({1, 3, 5, 4})}, {"b", weights({1})}}),
                       pixel_by_pixel());
}

TEST_CASE("a vector, and an image that is flattened") {
  const auto report = test::simulate_model(
      test::parse_text("agraph (float[1,3,4,5] x) => (float[1,6] y) { f = Flatten(x) y = Gemm(f, w) }",
                       {{"w", weights({60, 6})}}),
      pixel_by_pixel());
  CHECK(layouts(report) == std::vector{kLast, kRow});
}

TEST_CASE("lanes for an image and for one that is flattened") {
  for (const std::int64_t multipliers : {5, 27}) {
    CAPTURE(multipliers);
    for (const auto order : {ActorOrder::dataflow, ActorOrder::sequential}) {
      FlowOptions options = pixel_by_pixel(order);
      options.optimisation = 2;
      options.goal.multipliers = multipliers;
      test::simulate_model(two_readers(), options);
      test::simulate_model(
          test::parse_text("agraph (float[1,3,4,5] x) => (float[1,6] y) { f = Flatten(x) y = Gemm(f, w) }",
                           {{"w", weights({60, 6})}}),
          options);
    }
  }
}

TEST_CASE("a convolution keeps the rows of its window, not most of the image") {
  const auto model = test::convolution(3, 3, 4, 12);
  FlowOptions options;
  const auto before = test::simulate_model(model, options);
  options.stream_layouts.all = kLast;
  const auto after = test::simulate_model(model, options);
  const auto of_input = [](const Report& report) { return report.network->channels[0].bits(); };
  CHECK(of_input(before) > 2 * 12 * 12 * 32);
  CHECK(of_input(after) <= 5 * 3 * 12 * 32);
  REQUIRE(before.network->other_layouts.size() == 1);
  REQUIRE(after.network->other_layouts.size() == 1);
  CHECK(before.network->other_layouts.at(kLast).bits == after.network->bits());
  CHECK(after.network->other_layouts.at(kRow).bits == before.network->bits());
}

TEST_CASE("streams without channels have but one layout") {
  const auto report = test::simulate_model(test::product(3, 4, 5), pixel_by_pixel());
  CHECK(report.network->other_layouts.empty());
  CHECK(layouts(report) == std::vector{kRow, kRow});
}
