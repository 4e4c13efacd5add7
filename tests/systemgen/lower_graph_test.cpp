#include "systemgen/lower_graph.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "frontend/ops/evaluate.hpp"
#include "frontend/passes/pass.hpp"
#include "systemgen/network/execute.hpp"
#include "tests/frontend/support/models.hpp"

using namespace sluice;

namespace {

/// The names of a model's actors. Its network computes what the host does.
std::vector<std::string> actors(const std::string& model) {
  CAPTURE(model);
  TensorGraph graph = test::import_text(model);
  REQUIRE(to_string(run_passes(graph, {})) == "");
  auto kernels = lower_graph(graph);
  REQUIRE_MESSAGE(kernels.has_value(), to_string(kernels.errors()));
  const auto network = build_network(graph, std::move(*kernels));
  REQUIRE_MESSAGE(network.has_value(), to_string(network.errors()));
  const auto inputs = test::random_inputs(graph, 1);
  std::vector<std::vector<std::uint64_t>> bits;
  for (const auto& input : inputs) bits.push_back(to_bits(input));
  const auto contents = execute(*network, bits);
  REQUIRE(contents.has_value());
  const auto wanted = evaluate(graph, inputs);
  REQUIRE(wanted.has_value());
  for (std::size_t i = 0; i < wanted->size(); ++i) {
    const auto channel = network->read_by(network->outputs[i]);
    CHECK(test::distance(from_bits((*wanted)[i].type(), (*contents)[channel.index()]), (*wanted)[i]) < 1e-5);
  }
  std::vector<std::string> names;
  for (const auto actor : network->actors) names.push_back((*network)[actor].kernel.operation);
  std::ranges::sort(names);
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("readers read a tensor before its axes changed places") {
  CHECK(actors("g (float[3,2,4] q, float[5,2,4] k) => (float[2,3,5] y) { a = Transpose<perm=[1,0,2]>(q) "
               "b = Transpose<perm=[1,2,0]>(k) y = MatMul(a, b) }") == Names{"MatMul"});
  CHECK(actors("g (float[1,6,5,2] x, float[3,2,3,3] w) => (float[1,3,6,5] y) { a = Transpose<perm=[0,3,1,2]>(x) "
               "y = Conv<pads=[1,1,1,1]>(a, w) }") == Names{"Conv"});
  // Two readers, and a tensor that is seen under another shape before.
  CHECK(actors("g (float[3,8] x) => (float[2,3,4] y, float[2,3,4] z) <int64[3] s = {3, 2, 4}> { v = Reshape(x, s) "
               "a = Transpose<perm=[1,0,2]>(v) y = Softmax(a) z = Relu(a) }") == Names{"Relu", "Softmax"});
}

TEST_CASE("a tensor's maker writes it with its axes in another order") {
  CHECK(actors("g (float[3,2,4] x) => (float[2,3,4] y) { a = Softmax(x) y = Transpose<perm=[1,0,2]>(a) }") ==
        Names{"Softmax"});
  // Its reader sees it under a shape in which two axes are one.
  CHECK(actors("g (float[2,3,4] x, float[8,5] w) => (float[3,5] y) <int64[2] s = {3, 8}> { a = Softmax(x) "
               "b = Transpose<perm=[1,0,2]>(a) v = Reshape(b, s) y = MatMul(v, w) }") == Names{"MatMul", "Softmax"});
}

TEST_CASE("a Transpose stays where its maker would write a row in several firings") {
  CHECK(actors("g (float[3,4] x) => (float[4,3] y) { a = Softmax(x) y = Transpose(a) }") ==
        Names{"Softmax", "Transpose"});
}

TEST_CASE("a Transpose stays where its tensor is needed in both orders in one place") {
  CHECK(actors("g (float[2,3,4] x) => (float[2,3,3] y) { a = Transpose<perm=[0,2,1]>(x) y = MatMul(x, a) }") ==
        Names{"MatMul", "Transpose"});
  CHECK(actors("g (float[3,2,4] x) => (float[2,3,4] y) { y = Transpose<perm=[1,0,2]>(x) }") == Names{"Transpose"});
  CHECK(actors("g (float[3,2,4] x) => (float[2,3,4] y, float[3,2,4] z) { z = Softmax(x) y = Transpose<perm=[1,0,2]>(z) "
               "}") == Names{"Softmax", "Transpose"});
  // What is read element by number.
  CHECK(actors("g (float[4,3] x) => (float[3,3] y) <int64[3] i = {3, 0, 2}> { a = Transpose(x) "
               "y = Gather<axis=1>(a, i) }") == Names{"Gather", "Transpose"});
}

TEST_CASE("kernels without Transposes compute what the graph does") {
  std::mt19937 random(11);
  const auto below = [&](std::size_t limit) { return random() % limit; };
  const Names before{"Relu", "Softmax", "Identity", "Exp"};
  const Names after{"Relu(t)",
                    "Softmax<axis=0>(t)",
                    "ReduceSum(t)",
                    "Concat<axis=1>(t, t)",
                    "Add(t, t)",
                    "Transpose(t)",
                    "MaxPool<kernel_shape=[2], pads=[1,0]>(t)"};
  for (int round = 0; round < 60; ++round) {
    std::vector<std::int64_t> shape(3);
    for (auto& extent : shape) extent = 1 + static_cast<std::int64_t>(below(4));
    std::vector<std::size_t> axes{0, 1, 2};
    std::ranges::shuffle(axes, random);
    const std::string reader = after[below(after.size())];
    // What else leaves the model.
    const Names more{"", ", z = Neg(m)", ", z = Neg(t)"};
    const std::size_t extra = below(more.size());
    const std::string body = fmt::format("m = {}(x) t = Transpose<perm=[{}]>(m) y = {} {}",
                                         before[below(before.size())], fmt::join(axes, ","), reader,
                                         extra == 0   ? ""
                                         : extra == 1 ? "z = Neg(m)"
                                                      : "z = Neg(t)");
    actors(fmt::format("g (float[{}] x) => (float[] y{}) {{ {} }}", fmt::join(shape, ","),
                       extra == 0 ? "" : ", float[] z", body));
  }
}
