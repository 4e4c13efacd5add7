#include "benchmarks/suites/suite.hpp"

#include <doctest/doctest.h>
#include <onnx/checker.h>

#include <fstream>
#include <regex>
#include <set>

#include "benchmarks/results/published.hpp"
#include "benchmarks/suites/operators.hpp"
#include "frontend/onnx/import.hpp"
#include "frontend/ops/evaluate.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;
using namespace sluice::bench;

namespace {

std::vector<Subject> all_subjects() {
  std::vector<Subject> subjects;
  for (const auto& suite : suites()) {
    for (auto& subject : suite.subjects({})) subjects.push_back(std::move(subject));
  }
  return subjects;
}

Expected<TensorGraph> import(const onnx::ModelProto& model) {
  return import_onnx_bytes(model.SerializeAsString(), std::filesystem::temp_directory_path(), {});
}

/// The values of a PolyBench graph by ONNX's operators.
std::vector<std::vector<double>> evaluate(const std::string& name, const std::vector<Tensor>& inputs) {
  for (const auto& subject : polybench({})) {
    if (subject.name != name) continue;
    const auto graph = import(subject.make());
    REQUIRE_MESSAGE(graph.has_value(), to_string(graph.errors()));
    const auto outputs = evaluate(*graph, inputs);
    REQUIRE(outputs.has_value());
    std::vector<std::vector<double>> values;
    for (const auto& output : *outputs) values.push_back(output.to_doubles());
    return values;
  }
  FAIL("no " << name);
  return {};
}

using Matrix = std::vector<double>;  // 4 x 4, or 4

Matrix product(const Matrix& a, const Matrix& b, double factor = 1) {
  Matrix c(16);
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      for (std::size_t k = 0; k < 4; ++k) c[i * 4 + j] += factor * a[i * 4 + k] * b[k * 4 + j];
    }
  }
  return c;
}

Matrix applied(const Matrix& a, const Matrix& x, bool transposed = false) {
  Matrix y(4);
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) y[i] += a[transposed ? j * 4 + i : i * 4 + j] * x[j];
  }
  return y;
}

Matrix sum(const Matrix& a, double alpha, const Matrix& b, double beta) {
  Matrix c(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) c[i] = alpha * a[i] + beta * b[i];
  return c;
}

void check_close(const Matrix& a, const Matrix& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == doctest::Approx(b[i]).epsilon(1e-4));
}

}  // namespace

TEST_CASE("every generated model satisfies ONNX's checker") {
  int models = 0;
  for (const auto& subject : all_subjects()) {
    if (!subject.make) continue;
    ++models;
    CAPTURE(subject.name);
    CHECK_NOTHROW(onnx::checker::check_model(subject.make()));
  }
  CHECK(models > 40);
}

TEST_CASE("names are unique and fit for files") {
  for (const auto& suite : suites()) {
    std::set<std::string> names;
    for (const auto& subject : suite.subjects({})) {
      CHECK(std::regex_match(subject.name, std::regex("[a-z0-9_]+")));
      CHECK_MESSAGE(names.insert(subject.name).second, subject.name);
      std::set<std::string> configurations;
      for (const auto& configuration : subject.configurations) {
        CHECK_MESSAGE(configurations.insert(configuration.name()).second, configuration.name());
      }
      for (const auto& configuration : subject.fast) CHECK(configurations.contains(configuration.name()));
    }
  }
}

TEST_CASE("models are the same each time") {
  for (const auto& subject : layers({})) {
    CHECK(subject.make().SerializeAsString() == subject.make().SerializeAsString());
  }
}

TEST_CASE("the graphs of PolyBench compute what PolyBench defines") {
  std::vector<Tensor> m;
  std::vector<Tensor> v;
  for (std::uint64_t i = 0; i < 4; ++i) {
    m.push_back(random_weights({4, 4}, i));
    v.push_back(random_weights({4}, i + 10));
  }
  const auto a = m[0].to_doubles();
  const auto b = m[1].to_doubles();
  const auto c = m[2].to_doubles();
  const auto d = m[3].to_doubles();
  const auto v0 = v[0].to_doubles();
  const auto v1 = v[1].to_doubles();
  const auto v2 = v[2].to_doubles();
  const auto v3 = v[3].to_doubles();
  check_close(evaluate("gemm_4", {m[0], m[1], m[2]})[0], sum(product(a, b), 1.5, c, 1.2));
  check_close(evaluate("two_mm_4", {m[0], m[1], m[2], m[3]})[0], sum(product(product(a, b, 1.5), c), 1, d, 1.2));
  check_close(evaluate("three_mm_4", {m[0], m[1], m[2], m[3]})[0], product(product(a, b), product(c, d)));
  check_close(evaluate("atax_4", {m[0], v[0]})[0], applied(a, applied(a, v0), true));
  const auto bicg = evaluate("bicg_4", {m[0], v[0], v[1]});
  check_close(bicg[0], applied(a, v0));
  check_close(bicg[1], applied(a, v1, true));
  const auto mvt = evaluate("mvt_4", {m[0], v[0], v[1], v[2], v[3]});
  check_close(mvt[0], sum(v0, 1, applied(a, v2), 1));
  check_close(mvt[1], sum(v1, 1, applied(a, v3, true), 1));
  check_close(evaluate("gesummv_4", {m[0], m[1], v[0]})[0], sum(applied(a, v0), 1.5, applied(b, v0), 1.2));
}

TEST_CASE("configurations: all levels and budgets, each once") {
  std::vector<std::string> names;
  for (const auto& configuration : all_configurations({24, 4})) names.push_back(configuration.name());
  CHECK(names == std::vector<std::string>{"O0", "O1", "O2-1", "O2-4", "O2-16", "O2-24", "O2-64", "O2-256"});
}

TEST_CASE("the suite of models takes every folder with a model in it") {
  const test::TemporaryFolder place;
  for (const char* name : {"b", "a", "empty"}) std::filesystem::create_directories(place.path() / name);
  std::ofstream(place.path() / "a" / "model.onnx") << "x";
  std::ofstream(place.path() / "b" / "model.onnx") << "x";
  const auto found = models({place.path()});
  REQUIRE(found.size() == 2);
  CHECK(found[0].name == "a");
  CHECK(found[1].file == place.path() / "b" / "model.onnx");
  CHECK(models({place.path() / "none"}).empty());
}

TEST_CASE("the text of a model that is wrong is refused") {
  CHECK_THROWS_AS(model_of("agraph (float[1] x) => (float[1] y) { y = Relu(x"), std::invalid_argument);
}
