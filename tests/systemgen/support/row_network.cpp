#include "tests/systemgen/support/row_network.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>

#include "core/kernel/builder.hpp"
#include "frontend/loops/legal_cuts.hpp"
#include "frontend/loops/split_kernel.hpp"
#include "frontend/loops/stream_sums.hpp"
#include "frontend/ops/loop_parts.hpp"
#include "tests/frontend/loops/random_nests.hpp"

namespace sluice::test {
namespace {

constexpr ScalarType kByte = ScalarType::unsigned_integer(8);

struct Window {
  std::int64_t size = 1;
  std::int64_t stride = 1;
  std::int64_t pad = 0;

  [[nodiscard]] std::int64_t outputs(std::int64_t rows) const { return (rows + 2 * pad - size) / stride + 1; }
};

/// y[c][h][w] = number + sum over k of x[c][stride * h + k - pad][w] (+ other[c][h][w]).
Kernel window_kernel(const std::string& name, const std::string& from, const Shape& shape, const Window& window,
                     const std::string& other) {
  Kernel kernel;
  kernel.name = name;
  kernel.operation = "Window";
  kernel.onnx_nodes = {name};
  const Shape made{shape[0], window.outputs(shape[1]), shape[2]};
  const auto x = add_array(kernel, {"x", kByte, shape, ArrayRole::input, from, {}});
  const auto y = add_array(kernel, {"y", kByte, made, ArrayRole::output, name, {}});
  if (made[1] > 1) kernel.token_loops.push_back({"h", made[1]});
  const AffineExpr h = made[1] > 1 ? AffineExpr::iterator(0) : AffineExpr(0);
  NestBuilder nest(kernel, "sum");
  const auto c = nest.loop("c", shape[0]);
  const auto w = nest.loop("w", shape[2]);
  Value sum = nest.integer(kByte, 1);
  for (std::int64_t k = 0; k < window.size; ++k) {
    const auto row = h * window.stride + AffineExpr(k - window.pad);
    const auto inside = nest.guard(in_range(row, shape[1]));
    const auto value = nest.load(x, {c, row, w}, inside);
    sum = nest.add(sum, nest.select(inside, value, nest.integer(kByte, 0)), kByte);
  }
  if (!other.empty()) {
    const auto z = add_array(nest.kernel(), {"z", kByte, made, ArrayRole::input, other, {}});
    sum = nest.add(sum, nest.load(z, {c, h, w}), kByte);
  }
  nest.store(y, {c, h, w}, sum);
  return kernel;
}

/// y[c][h][w] = x[c][rows - 1 - h][w]: nothing is there before the last row is.
Kernel flip_kernel(const std::string& name, const std::string& from, const Shape& shape) {
  Kernel kernel;
  kernel.name = name;
  kernel.operation = "Flip";
  kernel.onnx_nodes = {name};
  const auto x = add_array(kernel, {"x", kByte, shape, ArrayRole::input, from, {}});
  const auto y = add_array(kernel, {"y", kByte, shape, ArrayRole::output, name, {}});
  NestBuilder nest(kernel, "copy");
  const auto c = nest.loop("c", shape[0]);
  const auto h = nest.loop("h", shape[1]);
  const auto w = nest.loop("w", shape[2]);
  nest.store(y, {c, h, w}, nest.load(x, {c, AffineExpr(shape[1] - 1) - h, w}));
  return kernel;
}

Operator operator_of(const std::string& name, const std::string& op) {
  Operator node;
  node.name = name;
  node.op = op;
  return node;
}

/// y[c][h][w] = x[table[c][h][w]], row by row: elements are looked up by number, in any order.
Kernel shuffle_kernel(std::mt19937& random, const std::string& name, const std::string& from, const Shape& shape) {
  Kernel kernel;
  kernel.name = name;
  kernel.operation = "Shuffle";
  kernel.onnx_nodes = {name};
  const auto elements = element_count(shape);
  const auto bits = std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(elements - 1))));
  auto numbers = std::make_shared<std::vector<std::uint64_t>>(static_cast<std::size_t>(elements));
  std::iota(numbers->begin(), numbers->end(), 0U);
  std::shuffle(numbers->begin(), numbers->end(), random);
  const auto x = add_array(kernel, {"x", kByte, {elements}, ArrayRole::input, from, {}});
  const auto y = add_array(kernel, {"y", kByte, shape, ArrayRole::output, name, {}});
  const auto table =
      add_array(kernel, {"table", ScalarType::unsigned_integer(bits), shape, ArrayRole::weight, "", numbers});
  if (shape[1] > 1) kernel.token_loops.push_back({"h", shape[1]});
  const AffineExpr h = shape[1] > 1 ? AffineExpr::iterator(0) : AffineExpr(0);
  NestBuilder nest(kernel, "copy");
  const auto c = nest.loop("c", shape[0]);
  const auto w = nest.loop("w", shape[2]);
  nest.store(y, {c, h, w}, nest.lookup(x, nest.load(table, {c, h, w})));
  return kernel;
}

/// y[n] = n + sum over c, h, w of (n ^ x[c][h][w]), all of it in one firing.
Kernel sum_kernel(const std::string& name, const std::string& from, const Shape& shape, std::int64_t results) {
  Kernel kernel;
  kernel.name = name;
  kernel.operation = "Sum";
  kernel.onnx_nodes = {name};
  const auto x = add_array(kernel, {"x", kByte, {element_count(shape)}, ArrayRole::input, from, {}});
  const auto y = add_array(kernel, {"y", kByte, {results}, ArrayRole::output, name, {}});
  NestBuilder nest(kernel, "sum");
  const auto n = nest_loop(nest, "n", results);
  const std::vector<AffineExpr> k{nest_loop(nest, "k", element_count(shape))};
  const Value number = nest.affine(kByte, n);
  const Value term = nest.binary(Opcode::bit_xor, nest.load(x, {k[0]}), number, kByte);
  const Value sum = reduce(nest, Opcode::add, k, number, term);
  nest.store(y, {n}, sum, last_iteration(nest, k));
  return kernel;
}

/// The network of one operator that makes y of x, of one shape.
TokenNetwork network_of_one(const std::string& op, const Shape& shape, const Kernel& kernel) {
  TensorGraph graph;
  graph.name = kernel.name;
  const auto add = [&](const std::string& name, const std::string& kind, bool makes) {
    Operator node;
    node.name = name;
    node.op = kind;
    if (makes) node.outputs = {{name, {ElementType::uint8, shape}}};
    return graph.add_node(std::move(node));
  };
  graph.inputs.push_back(add("x", "Input", true));
  const auto maker = add("y", op, true);
  graph.outputs.push_back(add("out", "Output", false));
  graph.add_edge(graph.inputs[0], maker, {0, 0, {}});
  graph.add_edge(maker, graph.outputs[0], {});
  auto network = build_network(graph, {kernel});
  REQUIRE(network.has_value());
  REQUIRE(to_string(verify(*network)) == "");
  return std::move(*network);
}

}  // namespace

TokenNetwork random_split_network(std::mt19937& random) {
  const auto pick = [&](std::size_t count) { return random() % count; };
  TensorGraph graph;
  graph.name = "nests";
  struct Made {
    std::string tensor;
    TensorGraph::NodeId node;
    int output = 0;
  };
  std::vector<Made> made;
  Shape shape;
  std::vector<Kernel> parts;
  const std::size_t count = 1 + pick(3);
  for (std::size_t k = 0; k < count; ++k) {
    const std::string name = fmt::format("k{}", k);
    const Made from = made.empty() ? Made{"x", {}, 0} : made[pick(made.size())];
    const Kernel whole = random_nests(random, {.tidy = true, .name = name, .reads = from.tensor, .shape = shape});
    if (k == 0) {
      shape = whole.arrays[0].shape;
      Operator input = operator_of("x", "Input");
      input.outputs = {{"x", {ElementType::uint8, shape}}};
      graph.inputs.push_back(graph.add_node(std::move(input)));
    }
    Operator node = operator_of(name, "Random");
    std::vector<Made> outputs;
    for (const auto& array : whole.arrays) {
      if (array.role != ArrayRole::output) continue;
      outputs.push_back({array.tensor, {}, static_cast<int>(node.outputs.size())});
      node.outputs.push_back({array.tensor, {ElementType::uint8, shape}});
    }
    const auto id = graph.add_node(std::move(node));
    graph.add_edge(k == 0 ? graph.inputs[0] : from.node, id, {from.output, 0, {}});
    for (auto& output : outputs) made.push_back({output.tensor, id, output.output});
    auto cuts = legal_cuts(whole);
    const std::size_t kept = pick(3);
    std::erase_if(cuts, [&](std::size_t) { return pick(2) >= kept; });
    for (auto& part : split_kernel(whole, cuts, name)) parts.push_back(std::move(part));
  }
  for (const auto& each : made) {
    const auto output = graph.add_node(operator_of("out_" + each.tensor, "Output"));
    graph.add_edge(each.node, output, {each.output, 0, {}});
    graph.outputs.push_back(output);
  }
  auto network = build_network(graph, std::move(parts));
  REQUIRE_MESSAGE(network.has_value(), to_string(network.errors()));
  REQUIRE(to_string(verify(*network)) == "");
  return std::move(*network);
}

TokenNetwork shuffle_network(std::mt19937& random, const Shape& shape) {
  return network_of_one("Shuffle", shape, shuffle_kernel(random, "y", "x", shape));
}

TokenNetwork series_network(const Shape& shape) {
  Kernel kernel;
  kernel.name = "series";
  kernel.operation = "Series";
  kernel.onnx_nodes = {"series"};
  const auto x = add_array(kernel, {"x", kByte, shape, ArrayRole::input, "x", {}});
  const auto y = add_array(kernel, {"y", kByte, shape, ArrayRole::output, "y", {}});
  kernel.token_loops.push_back({"h", shape[0]});
  NestBuilder nest(kernel, "sum");
  const auto w = nest.loop("w", shape[1]);
  const Value value = nest.convert(nest.load(x, {nest.token(0), w}), ScalarType::floating(kFloat32));
  const Value half = nest.constant(kFloat32, 0.5);
  Value sum = value;
  for (int i = 0; i < 3; ++i) sum = nest.add(nest.multiply(sum, half), value);
  nest.store(y, {nest.token(0), w}, nest.convert(nest.multiply(sum, half), kByte));
  return network_of_one("Series", shape, kernel);
}

TokenNetwork random_sum_network(std::mt19937& random) {
  const auto pick = [&](std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
  };
  const Shape shape{pick(1, 3), pick(2, 6), pick(1, 4)};
  const Window window{pick(1, 2), 1, 0};
  const Shape made{shape[0], window.outputs(shape[1]), shape[2]};
  const std::int64_t results = pick(1, 9);
  std::vector<Kernel> kernels{window_kernel("t", "x", shape, window, ""), sum_kernel("s", "t", made, results)};
  stream_sums(kernels[1], {{"t", {made, {1}}}}, 12);
  TensorGraph graph;
  graph.name = "sums";
  const auto add = [&](const std::string& name, const std::string& op, const Shape& extents) {
    Operator node = operator_of(name, op);
    if (op != "Output") node.outputs = {{name, {ElementType::uint8, extents}}};
    return graph.add_node(std::move(node));
  };
  graph.inputs.push_back(add("x", "Input", shape));
  const auto t = add("t", "Window", made);
  const auto s = add("s", "Sum", {results});
  graph.outputs.push_back(add("y", "Output", {}));
  graph.add_edge(graph.inputs[0], t, {0, 0, {}});
  graph.add_edge(t, s, {0, 0, Shape{element_count(made)}});
  graph.add_edge(s, graph.outputs[0], {});
  auto network = build_network(graph, std::move(kernels));
  REQUIRE_MESSAGE(network.has_value(), to_string(network.errors()));
  REQUIRE(to_string(verify(*network)) == "");
  return std::move(*network);
}

TokenNetwork random_row_network(std::mt19937& random, StreamLayout layout) {
  const auto pick = [&](std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
  };
  TensorGraph graph;
  graph.name = "rows";
  std::vector<std::pair<std::string, Shape>> tensors;
  std::map<std::string, TensorGraph::NodeId> makers;
  const auto add = [&](const std::string& name, const Shape& shape, const std::string& op) {
    Operator node;
    node.name = name;
    node.op = op;
    node.outputs = {{name, {ElementType::uint8, shape}}};
    makers[name] = graph.add_node(std::move(node));
    tensors.emplace_back(name, shape);
  };
  add("x", {pick(1, 3), pick(2, 7), pick(1, 4)}, "Input");
  graph.inputs.push_back(makers["x"]);
  std::vector<Kernel> kernels;
  const std::int64_t count = pick(1, 5);
  for (std::int64_t i = 0; i < count; ++i) {
    const auto [from, shape] = tensors[static_cast<std::size_t>(pick(0, std::ssize(tensors) - 1))];
    const std::string name = fmt::format("t{}", i);
    if (const auto kind = pick(0, 7); kind < 2) {
      kernels.push_back(kind == 0 ? flip_kernel(name, from, shape) : shuffle_kernel(random, name, from, shape));
      add(name, shape, kernels.back().operation);
      graph.add_edge(makers[from], makers[name], {0, 0, {}});
      continue;
    }
    const std::int64_t size = pick(1, std::min<std::int64_t>(3, shape[1]));
    const Window window{size, pick(1, 2), pick(0, size - 1)};
    const Shape made{shape[0], window.outputs(shape[1]), shape[2]};
    std::string other;
    for (const auto& [tensor, extents] : tensors) {
      if (extents == made && tensor != from && pick(0, 1) == 1) other = tensor;
    }
    kernels.push_back(window_kernel(name, from, shape, window, other));
    add(name, made, "Window");
    graph.add_edge(makers[from], makers[name], {0, 0, {}});
    if (!other.empty()) graph.add_edge(makers[other], makers[name], {0, 1, {}});
  }
  Operator output;
  output.name = "y";
  output.op = "Output";
  const auto node = graph.add_node(std::move(output));
  graph.add_edge(makers[tensors.back().first], node, {});
  graph.outputs.push_back(node);
  StreamOrders orders;
  if (layout == StreamLayout::channels_last) {
    for (const auto& [tensor, shape] : {tensors.front(), tensors.back()}) {
      const Shape images = pick(0, 3) == 0 ? shape : Shape{1, shape[0], shape[1], shape[2]};
      orders[tensor] = stream_order(layout, images);
    }
  }
  auto network = build_network(graph, std::move(kernels), orders);
  REQUIRE(network.has_value());
  REQUIRE(to_string(verify(*network)) == "");
  return std::move(*network);
}

}  // namespace sluice::test
