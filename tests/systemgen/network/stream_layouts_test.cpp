#include "systemgen/network/stream_layouts.hpp"

#include <doctest/doctest.h>

using namespace sluice;

namespace {

/// x [1,3,4,5] and v [1,8] go in, y [1,6,4,5] comes out; it is tensor t of the graph.
TensorGraph graph() {
  TensorGraph graph;
  const auto add = [&](const std::string& name, const std::string& op, const std::string& tensor, const Shape& shape) {
    Operator node;
    node.name = name;
    node.op = op;
    if (!tensor.empty()) node.outputs = {{tensor, {ElementType::float32, shape}}};
    return graph.add_node(std::move(node));
  };
  graph.inputs = {add("x", "Input", "x", {1, 3, 4, 5}), add("v", "Input", "v", {1, 8})};
  const auto conv = add("conv", "Conv", "t", {1, 6, 4, 5});
  graph.outputs = {add("y", "Output", "", {})};
  graph.add_edge(graph.inputs[0], conv, {0, 0, {}});
  graph.add_edge(conv, graph.outputs[0], {});
  return graph;
}

constexpr StreamOrder kX{3, 20};
constexpr StreamOrder kY{6, 20};

StreamOrders orders(StreamLayouts layouts) {
  const auto found = stream_orders(graph(), layouts);
  REQUIRE_MESSAGE(found.has_value(), to_string(found.errors()));
  return *found;
}

std::string refusal(StreamLayouts layouts) {
  const auto found = stream_orders(graph(), layouts);
  REQUIRE_FALSE(found.has_value());
  return to_string(found.errors());
}

}  // namespace

TEST_CASE("all streams have a layout, and those with a name their own") {
  CHECK(orders({}) == StreamOrders{{"x", {}}, {"v", {}}, {"t", {}}});
  CHECK(orders({StreamLayout::channels_last, {}}) == StreamOrders{{"x", kX}, {"v", {}}, {"t", kY}});
  CHECK(orders({StreamLayout::row_major, {{"y", StreamLayout::channels_last}}}) ==
        StreamOrders{{"x", {}}, {"v", {}}, {"t", kY}});
  CHECK(orders({StreamLayout::channels_last, {{"y", StreamLayout::row_major}}}) ==
        StreamOrders{{"x", kX}, {"v", {}}, {"t", {}}});
}

TEST_CASE("a layout of no port, or of a tensor without channels, is refused") {
  CHECK(refusal({StreamLayout::row_major, {{"t", StreamLayout::channels_last}}}) ==
        "--stream-layout t=channels-last: the model has no input or output of this name (name one of: x, v, y)\n");
  CHECK(refusal({StreamLayout::row_major, {{"v", StreamLayout::channels_last}}}) ==
        "--stream-layout v=channels-last: a tensor of shape [1,8] has no channels before other dimensions (name a "
        "tensor [N, C, ...] of at least three dimensions)\n");
}
