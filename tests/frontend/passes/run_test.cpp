#include <doctest/doctest.h>

#include "tests/frontend/support/pass_test.hpp"

namespace sluice::test {
namespace {

TensorGraph example() {
  return import_text("g (float[2,3] x) => (float[3,2] y) { a = Neg(x) b = Reshape(a, s) y = Relu(b) }",
                     {{"s", Tensor::of<std::int64_t>(ElementType::int64, {2}, {3, 2})}});
}

}  // namespace

TEST_CASE("passes run in the order of the list, with figures for each") {
  TensorGraph graph = example();
  std::vector<PassStats> stats;
  std::size_t calls = 0;
  const PassOptions options{
      .skip = {}, .limit = {}, .after = [&](std::size_t i, const PassStats& pass, const TensorGraph&) {
        CHECK(pass.name == pass_list()[i].name);
        ++calls;
      }};
  CHECK(to_string(run_passes(graph, options, &stats)) == "");
  CHECK(calls == pass_list().size());
  REQUIRE(stats.size() == pass_list().size());
  CHECK(stats.front().nodes_before == 6);
  CHECK(stats.back().nodes_after == 3);
}

TEST_CASE("passes can be skipped and bisected") {
  TensorGraph graph = example();
  CHECK(to_string(run_passes(graph, {.skip = {"remove-reshapes"}, .limit = {}, .after = {}})) == "");
  CHECK(count_op(graph, "Reshape") == 1);
  graph = example();
  CHECK(to_string(run_passes(graph, {.skip = {}, .limit = 0, .after = {}})) == "");
  CHECK(graph.node_count() == 6);
}

TEST_CASE("a pass that does not exist can't be skipped") {
  TensorGraph graph = example();
  const auto errors = run_passes(graph, {.skip = {"no-such-pass"}, .limit = {}, .after = {}});
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].where == "no-such-pass");
  CHECK(errors[0].hint.find("fuse-epilogues") != std::string::npos);
}

TEST_CASE("a graph that is wrong after a pass is reported with the pass") {
  TensorGraph graph = example();
  graph[node_named(graph, "Relu_y")].outputs[0].type.shape = {2, 2};
  const auto errors = run_passes(graph);
  REQUIRE_FALSE(errors.empty());
  CHECK(errors[0].where.find("after pass remove-dead") == 0);
}

}  // namespace sluice::test
