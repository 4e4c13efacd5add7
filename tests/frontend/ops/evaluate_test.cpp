#include "frontend/ops/evaluate.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

#include "frontend/ops/node_value.hpp"
#include "frontend/passes/pass.hpp"
#include "tests/frontend/support/models.hpp"

namespace sluice::test {
namespace {

/// Models of the index that carry the tag.
std::set<std::string> tagged(const std::filesystem::path& folder, const std::string& tag) {
  std::set<std::string> names;
  std::ifstream index(folder / "INDEX.md");
  for (std::string line; std::getline(index, line);) {
    std::istringstream fields(line);
    std::string bar, name, tags;
    if (fields >> bar >> name >> bar && std::getline(fields, tags, '|') && tags.find(tag) != std::string::npos) {
      names.insert(name);
    }
  }
  return names;
}

bool only_unsupported(const Diagnostics& errors) {
  return std::ranges::all_of(errors, [](const auto& error) { return error.where.starts_with("operator "); });
}

/// Evaluates a model as imported, and after all passes, on all its data sets; the largest distance from a golden
/// result, none if it has operators that are not supported.
std::optional<double> worst_distance(const GoldenModel& model) {
  const Expected<TensorGraph> graph = import_onnx(model.model);
  if (!graph && only_unsupported(graph.errors())) {
    std::string operators;
    for (const auto& error : graph.errors()) operators += " " + error.where.substr(error.where.find(' ') + 1);
    MESSAGE(model.name << ": skipped, not supported are" << operators);
    return std::nullopt;
  }
  REQUIRE_MESSAGE(graph, model.name, ": ", to_string(graph.errors()));
  CHECK(to_string(verify_operators(*graph)) == "");
  TensorGraph optimised = *graph;
  CHECK(to_string(run_passes(optimised)) == "");
  double worst = 0;
  for (const auto& data : model.data_sets) {
    const auto golden = read_tensors(data, "output_");
    for (const TensorGraph* version : {&graph.value(), &std::as_const(optimised)}) {
      const auto outputs = evaluate(*version, read_tensors(data, "input_"));
      REQUIRE_MESSAGE(outputs, model.name, ": ", to_string(outputs.errors()));
      REQUIRE(outputs->size() == golden.size());
      for (std::size_t i = 0; i < golden.size(); ++i) worst = std::max(worst, distance((*outputs)[i], golden[i]));
    }
  }
  return worst;
}

void check_models(const std::vector<GoldenModel>& models, const std::set<std::string>& leave_out) {
  std::size_t checked = 0;
  for (const auto& model : models) {
    if (leave_out.contains(model.name)) continue;
    CAPTURE(model.name);
    if (const auto worst = worst_distance(model)) {
      ++checked;
      CHECK(*worst < 1e-4);
    }
  }
  MESSAGE("matched with golden results: " << checked << " models");
}

}  // namespace

TEST_CASE("a float32 model gives ONNX Runtime's result") {
  const auto folder = models_folder();
  if (!folder) {
    MESSAGE("skipped: no folder of models");
    return;
  }
  std::set<std::string> others = tagged(*folder, "large");
  for (const char* tag : {"int8", "float16", "qonnx"}) others.merge(tagged(*folder, tag));
  check_models(golden_models(*folder), others);
}

TEST_SUITE("slow") {
  TEST_CASE("a large float32 model gives ONNX Runtime's result") {
    const auto folder = models_folder();
    if (!folder) return;
    auto models = golden_models(*folder);
    const auto large = tagged(*folder, "large");
    std::set<std::string> others = tagged(*folder, "int8");
    others.merge(tagged(*folder, "qonnx"));
    std::erase_if(models, [&](const auto& model) { return !large.contains(model.name); });
    check_models(models, others);
  }
}

TEST_CASE("the digits example classifies its images") {
  const auto folder = std::filesystem::path(SLUICE_SOURCE_DIR) / "examples" / "digits";
  auto model = golden_model(folder / "images");
  model.model = folder / "model.onnx";
  CHECK(worst_distance(model).value_or(1) < 1e-4);
}

}  // namespace sluice::test
