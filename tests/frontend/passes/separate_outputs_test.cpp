#include <doctest/doctest.h>

#include <set>

#include "tests/frontend/support/pass_test.hpp"

namespace sluice::test {

TEST_CASE("separate-outputs copies an input that is an output") {
  const auto run = run_pass("separate-outputs", "g (float[2] x) => (float[2] x, float[2] y) { y = Neg(x) }");
  CHECK(run.changes == 1);
  CHECK(count_op(run.after, "Identity") == 1);
}

TEST_CASE("separate-outputs copies a constant that is an output") {
  const auto run = run_pass("separate-outputs", "g (float[2] x) => (float[2] c, float[2] y) { y = Neg(x) }",
                            {{"c", random_tensor({ElementType::float32, {2}}, 1)}});
  CHECK(run.changes == 1);
}

TEST_CASE("separate-outputs gives two outputs of one tensor a tensor each") {
  TensorGraph graph = import_text(R"(g (float[2,3] x) => (float[2,3] a, float[2,3] b, float[6] c) {
    a = Neg(x) b = Identity(a) c = Reshape(a, s) })",
                                  {{"s", Tensor::of<std::int64_t>(ElementType::int64, {1}, {6})}});
  CHECK(to_string(run_passes(graph)) == "");
  CHECK(count_op(graph, "Neg") == 1);
  CHECK(count_op(graph, "Identity") == 2);
  std::set<TensorGraph::NodeId> makers;
  for (const auto output : graph.outputs) makers.insert(graph.operand(output, 0)->node);
  CHECK(makers.size() == 3);
}

TEST_CASE("separate-outputs leaves an output that has its own tensor") {
  CHECK(run_pass("separate-outputs", "g (float[2] x) => (float[2] y) { z = Neg(x) y = Relu(z) }").changes == 0);
}

}  // namespace sluice::test
