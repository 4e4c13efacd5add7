#include <doctest/doctest.h>

#include "frontend/onnx/proto_file.hpp"
#include "tests/frontend/support/backend_models.hpp"
#include "tests/frontend/support/models.hpp"
#include "tests/frontend/support/run_model.hpp"

// Every operator against results that are not ours: ONNX's own node tests, and models whose results come from ONNX
// Runtime.

using namespace sluice;
using namespace sluice::test;

namespace {

/// One form may be refused, none may be wrong.
Outcome run_forms(const std::vector<BackendForm>& forms) {
  Outcome result{Outcome::Kind::refused, ""};
  for (const auto& form : forms) {
    const auto graph = import_proto(form.model);
    Outcome outcome = graph ? run_model(*graph, form.inputs, form.expected)
                            : Outcome{Outcome::Kind::refused, to_string(graph.errors())};
    if (outcome.kind == Outcome::Kind::wrong) return outcome;
    if (outcome.kind == Outcome::Kind::right) result.kind = outcome.kind;
    result.text += outcome.text;
  }
  return result;
}

std::string golden_problem(const onnx::ModelProto& proto, const GoldenModel& golden) {
  const auto outputs = static_cast<std::size_t>(proto.graph().output_size());
  for (const auto& folder : golden.data_sets) {
    Outcome outcome = run_forms(forms_of(proto, folder, outputs));
    if (outcome.kind == Outcome::Kind::refused && outputs > 1) outcome = run_forms(forms_of(proto, folder, 1));
    if (outcome.kind != Outcome::Kind::right) return outcome.text;
  }
  return "";
}

void check_all(const std::filesystem::path& folder) {
  int checked = 0, unknown = 0;
  for (const auto& golden : golden_models(folder)) {
    if (!why_unsupported(golden.name).empty()) continue;
    const auto proto = read_model_proto(golden.model);
    if (!proto || !knows_all_operators(*proto)) {
      ++unknown;
      continue;
    }
    ++checked;
    const auto problem = golden_problem(*proto, golden);
    CHECK_MESSAGE(problem.empty(), golden.name, ": ", problem);
  }
  MESSAGE(checked, " models checked, ", unknown, " of other operators");
}

void check_onnx_tests(const std::string& name) {
  const auto folder = onnx_tests_folder(name);
  if (!folder) {
    MESSAGE("skipped: install libonnx-testdata");
    return;
  }
  check_all(*folder);
}

}  // namespace

TEST_CASE("ONNX's own node tests") { check_onnx_tests("node"); }

TEST_CASE("Models of one operator with results of ONNX Runtime") {
  const auto folder = operator_models_folder();
  if (!folder) {
    MESSAGE("skipped: set SLUICE_MODELS to the folder of models");
    return;
  }
  check_all(*folder);
}

TEST_SUITE("slow") {
  TEST_CASE("ONNX's tests of operators that PyTorch exported") {
    check_onnx_tests("pytorch-converted");
    check_onnx_tests("pytorch-operator");
  }
}
