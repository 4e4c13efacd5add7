#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "frontend/ops/evaluate.hpp"
#include "tests/frontend/support/op_test.hpp"
#include "tests/frontend/support/pass_test.hpp"
#include "tests/frontend/support/run_model.hpp"

namespace sluice::test {
namespace {

PassRun fold(const std::string& text) { return run_pass("fold-transposes", "g " + text, {}, 1e-6); }

std::int64_t attribute(const TensorGraph& graph, const std::string& node, const std::string& name) {
  const auto& attributes = graph[node_named(graph, node)].attributes;
  return attributes.contains(name) ? std::get<std::int64_t>(attributes.at(name)) : 0;
}

}  // namespace

TEST_CASE("fold-transposes lets products read either operand transposed") {
  const auto both = fold(
      "(float[4,2] x, float[5,4] w) => (float[2,5] y) { a = Transpose(x) b = Transpose<perm=[1,0]>(w) "
      "y = MatMul(a, b) }");
  CHECK(both.changes == 1);
  CHECK(count_op(both.after, "Transpose") == 0);
  CHECK(attribute(both.after, "MatMul_y", "transA") == 1);
  CHECK(attribute(both.after, "MatMul_y", "transB") == 1);
  const auto back = fold(
      "(float[4,2] x, float[4,5] w, float[5] c) => (float[2,5] y) { a = Transpose(x) b = Transpose(a) "
      "y = Gemm<transA=1>(b, w, c) }");
  CHECK(back.changes == 1);
  CHECK(count_op(back.after, "Transpose") == 0);
  CHECK(attribute(back.after, "Gemm_y", "transA") == 1);
}

TEST_CASE("fold-transposes reads no tensor twice and keeps what others read") {
  const auto square = fold("(float[3,3] x) => (float[3,3] y) { a = Transpose(x) y = MatMul(a, a) }");
  CHECK(square.changes == 1);
  CHECK(count_op(square.after, "Transpose") == 1);
  CHECK(fold("(float[3,4] x) => (float[3,3] y) { a = Transpose(x) y = MatMul(x, a) }").changes == 0);
  const auto fork = fold(
      "(float[3,4] x, float[3,2] w) => (float[4,2] y, float[4,3] z) { a = Transpose(x) y = MatMul(a, w) z = Relu(a) }");
  CHECK(fork.changes == 1);
  CHECK(count_op(fork.after, "Transpose") == 1);
  CHECK(count_op(fork.after, "Gemm") == 1);
}

TEST_CASE("fold-transposes sees vectors and leading dimensions as matrices") {
  const auto vector = fold("(float[3,4] x, float[3] v) => (float[4] y) { a = Transpose(x) y = MatMul(a, v) }");
  CHECK(count_op(vector.after, "Transpose") == 0);
  const auto left = fold("(float[3,4] x, float[4] v) => (float[3] y) { a = Transpose(x) y = MatMul(v, a) }");
  CHECK(count_op(left.after, "Transpose") == 0);
  const auto rows = fold("(float[2,3,4] x, float[5,4] w) => (float[2,3,5] y) { a = Transpose(w) y = MatMul(x, a) }");
  CHECK(count_op(rows.after, "Transpose") == 0);
}

TEST_CASE("fold-transposes leaves what is no product of matrices") {
  CHECK(fold("(float[2,4,3] x, float[2,4,5] w) => (float[2,3,5] y) { a = Transpose<perm=[0,2,1]>(x) y = MatMul(a, w) }")
            .changes == 0);
  CHECK(fold("(float[3,3] x) => (float[3,3] y) { a = Transpose<perm=[0,1]>(x) y = MatMul(a, x) }").changes == 0);
  CHECK(fold("(float[2,3,4] x, float[5,3,2,4] w) => (float[5,3,2,2] y) { a = Transpose<perm=[1,2,0]>(x) "
             "y = MatMul(w, a) }")
            .changes == 0);
}

TEST_CASE("fold-transposes makes Transposes in a row one or none") {
  Random random(22);
  for (int i = 0; i < 20; ++i) {
    CAPTURE(i);
    std::vector<int> first(4), second(4);
    std::iota(first.begin(), first.end(), 0);
    std::ranges::shuffle(first, random);
    second = first;
    if (i % 4 == 0) {  // back again
      for (int axis = 0; axis < 4; ++axis)
        second[static_cast<std::size_t>(first[static_cast<std::size_t>(axis)])] = axis;
    } else {
      std::ranges::shuffle(second, random);
    }
    const auto transpose = [](const std::vector<int>& perm, const std::string& x) {
      return fmt::format("Transpose<perm=[{},{},{},{}]>({})", perm[0], perm[1], perm[2], perm[3], x);
    };
    const auto run = fold("(float[2,3,4,5] x) => (float[] y) { a = Relu(x) b = " + transpose(first, "a") +
                          " c = " + transpose(second, "b") + " y = Relu(c) }");
    CHECK(run.changes == 1);
    CHECK(count_op(run.after, "Transpose") <= 1);
    if (i % 4 == 0) CHECK(count_op(run.after, "Transpose") == 0);
  }
}

TEST_CASE("transposed products are right after all passes, on the host and as kernels") {
  Random random(23);
  for (int i = 0; i < 30; ++i) {
    const auto extent = [&] { return random_int(1, 6, random); };
    const int m = extent(), k = extent(), n = extent();
    const bool a = random_int(0, 1, random) == 1, b = !a || random_int(0, 1, random) == 1;
    const std::string text = fmt::format(
        "g (float[{},{}] x, float[{},{}] w, float[{},{}] c) => (float[] y) {{ xt = Transpose(x) wt = Transpose(w) "
        "p = MatMul({}, {}) s = Add(p, c) y = Relu(s) }}",
        a ? k : m, a ? m : k, b ? n : k, b ? k : n, m, n, a ? "xt" : "x", b ? "wt" : "w");
    CAPTURE(text);
    const TensorGraph before = import_text(text);
    TensorGraph after = before;
    REQUIRE(to_string(run_passes(after)) == "");
    CHECK(count_op(after, "Gemm") == 1);
    CHECK(count_op(after, "Transpose") + count_op(after, "Add") == 0);
    const auto inputs = random_inputs(before, 5);
    const auto outcome = run_model(after, inputs, evaluate(before, inputs).value());
    REQUIRE_MESSAGE(outcome.kind == Outcome::Kind::right, outcome.text, to_string(after));
  }
}

TEST_CASE("a flattened Transpose goes into the weights of the product that reads it") {
  Random random(24);
  for (int i = 0; i < 40; ++i) {
    CAPTURE(i);
    const int rows = i % 3 == 0 ? random_int(2, 3, random) : 1;
    std::vector<int> perm{0, 1, 2, 3};
    const Shape shape{rows, random_int(1, 4, random), random_int(1, 4, random), random_int(2, 4, random)};
    std::ranges::shuffle(perm.begin() + (rows > 1 ? 1 : 0), perm.end(), random);
    const std::int64_t depth = element_count(shape) / rows, columns = random_int(1, 5, random);
    const bool gemm = i % 2 == 0, transposed = gemm && i % 4 == 0;
    const std::string text = fmt::format(
        "g (float[{}] x) => (float[] y) {{ a = Relu(x) t = Transpose<perm=[{}]>(a) f = Reshape(t, s) y = {} }}",
        fmt::join(shape, ","), fmt::join(perm, ","),
        gemm ? fmt::format("Gemm<transB={}>(f, w)", transposed ? 1 : 0) : "MatMul(f, w)");
    const Tensors initializers{
        {"s", int64s({rows, depth})},
        {"w", random_tensor(ElementType::float32, transposed ? Shape{columns, depth} : Shape{depth, columns}, random)}};
    const TensorGraph before = import_text(text, initializers);
    TensorGraph after = before;
    REQUIRE(to_string(run_passes(after)) == "");
    CHECK(count_op(after, "Transpose") == 0);
    const auto inputs = random_inputs(before, 5);
    const auto outcome = run_model(after, inputs, evaluate(before, inputs).value());
    REQUIRE_MESSAGE(outcome.kind == Outcome::Kind::right, outcome.text, to_string(after));
  }
}

TEST_CASE("a flattened Transpose of rows, or before weights that are not known, stays") {
  const auto transposes = [](const std::string& text) {
    TensorGraph graph = import_text(text, {{"s", int64s({3, 8})}});
    REQUIRE(to_string(run_passes(graph)) == "");
    return count_op(graph, "Transpose");
  };
  CHECK(transposes("g (float[2,3,4] x, float[8,5] w) => (float[] y) { t = Transpose<perm=[1,0,2]>(x) f = Reshape(t, s) "
                   "y = MatMul(f, w) }") == 1);
  CHECK(transposes("g (float[3,2,4] x, float[8,5] w) => (float[] y) { t = Transpose<perm=[0,2,1]>(x) f = Reshape(t, s) "
                   "y = MatMul(f, w) }") == 1);
}

}  // namespace sluice::test
