#include "tests/frontend/support/pass_test.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "frontend/ops/evaluate.hpp"
#include "frontend/ops/node_value.hpp"

namespace sluice::test {
namespace {

const Pass& pass_named(const std::string& name) {
  const auto found = std::ranges::find(pass_list(), name, &Pass::name);
  REQUIRE_MESSAGE(found != pass_list().end(), "there is no pass ", name);
  return *found;
}

std::vector<std::string> output_names(const TensorGraph& graph) {
  std::vector<std::string> names;
  for (const auto node : graph.outputs) names.push_back(graph[node].name);
  return names;
}

/// ONNX nodes that the operators and constants stand for.
std::set<std::string> onnx_nodes(const TensorGraph& graph) {
  std::set<std::string> names;
  for (const auto node : graph.nodes()) names.insert(graph[node].onnx_nodes.begin(), graph[node].onnx_nodes.end());
  return names;
}

void check_values(const TensorGraph& before, const TensorGraph& after, double tolerance) {
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    const auto inputs = random_inputs(before, seed);
    const auto expected = evaluate(before, inputs);
    const auto actual = evaluate(after, inputs);
    REQUIRE_MESSAGE(expected, to_string(expected.errors()));
    REQUIRE_MESSAGE(actual, to_string(actual.errors()));
    REQUIRE(actual->size() == expected->size());
    for (std::size_t i = 0; i < actual->size(); ++i) CHECK(distance((*actual)[i], (*expected)[i]) <= tolerance);
  }
}

}  // namespace

PassRun run_pass(const std::string& name, const std::string& text, const Tensors& initializers, double tolerance) {
  const Pass& pass = pass_named(name);
  const TensorGraph before = import_text(text, initializers);
  PassRun run{before, before, 0};
  run.changes = pass.run(run.after);
  CAPTURE(to_string(run.after));
  CHECK(to_string(verify(run.after)) == "");
  CHECK(to_string(verify_operators(run.after)) == "");
  CHECK(output_names(run.after) == output_names(before));
  CHECK(run.after.inputs.size() == before.inputs.size());
  check_values(before, run.after, tolerance);
  const auto all = onnx_nodes(before);
  const auto kept = onnx_nodes(run.after);
  if (name != "remove-dead") CHECK(std::ranges::includes(kept, all));
  TensorGraph again = run.after;
  CHECK(pass.run(again) == 0);
  return run;
}

}  // namespace sluice::test
