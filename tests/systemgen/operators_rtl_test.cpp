#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "frontend/onnx/proto_file.hpp"
#include "frontend/ops/op_def.hpp"
#include "tests/frontend/support/backend_models.hpp"
#include "tests/systemgen/support/hardware.hpp"

// Every operator down to simulated Verilog, against results that are not ours: ONNX's own node tests, and models whose
// results come from ONNX Runtime.

using namespace sluice;
using namespace sluice::test;

namespace {

namespace fs = std::filesystem;
using Kind = HardwareOutcome::Kind;

/// Multipliers, where lanes are tested: enough for several, and for many models no divisor of their extents.
constexpr std::int64_t kLanes = 24;

struct OperatorModel {
  GoldenModel files;
  onnx::ModelProto proto;
  std::string why_refused;  ///< empty: it is not
};

/// Models that the host can evaluate but that there is no hardware for, with the reason: whole names, or parts of them
/// after a *.
const std::map<std::string, std::string>& without_hardware() {
  static const std::map<std::string, std::string> list{
      {"*DOUBLE", "no unit computes in float64"},
      {"*float64", "no unit computes in float64"},
      {"*constantofshape", "without inputs there is nothing to compute"},
      {"test_constant", "without inputs there is nothing to compute"},
  };
  return list;
}

std::string why_refused(const std::string& name, const onnx::ModelProto& proto) {
  if (!knows_all_operators(proto)) return "an operator that is not supported";
  if (auto why = why_unsupported(name); !why.empty()) return why;
  for (const auto& [pattern, why] : without_hardware()) {
    if (pattern[0] == '*' ? name.find(pattern.substr(1)) != name.npos : name == pattern) return why;
  }
  return "";
}

std::vector<OperatorModel> operator_models(const fs::path& folder) {
  std::vector<OperatorModel> models;
  for (auto& golden : golden_models(folder)) {
    auto proto = read_model_proto(golden.model);
    REQUIRE_MESSAGE(proto.has_value(), golden.name);
    auto why = why_refused(golden.name, *proto);
    models.push_back({std::move(golden), std::move(*proto), std::move(why)});
  }
  return models;
}

/// The first form that is not refused. If all are, the model may have further outputs that are for training only.
HardwareOutcome run_model(const OperatorModel& model, std::optional<std::int64_t> multipliers) {
  HardwareOutcome outcome;
  const auto outputs = static_cast<std::size_t>(model.proto.graph().output_size());
  for (const std::size_t count : outputs > 1 ? std::vector{outputs, std::size_t{1}} : std::vector{outputs}) {
    for (const auto& form : forms_of(model.proto, model.files.data_sets.at(0), count)) {
      outcome = run_hardware(form.model, form.inputs, form.expected, multipliers);
      if (outcome.kind != Kind::refused) return outcome;
    }
  }
  return outcome;
}

/// Whether a message says what it is about: a node or its operator, an input, an output, or the model as a whole.
bool names_the_culprit(const std::string& text, const onnx::GraphProto& graph) {
  const auto contains = [&](const std::string& name) { return !name.empty() && text.find(name) != text.npos; };
  const auto quotes = [&](const auto& value) { return contains("'" + value.name() + "'"); };
  const auto begins_with = [&](const auto& value) { return text.starts_with(value.name()); };
  return std::ranges::any_of(graph.node(), [&](const auto& node) { return contains(node.op_type()); }) ||
         std::ranges::any_of(graph.input(), quotes) || std::ranges::any_of(graph.output(), begins_with) ||
         begins_with(graph);
}

void check(const OperatorModel& model, std::optional<std::int64_t> multipliers = {}) {
  if (model.why_refused.empty()) {
    const auto outcome = run_model(model, multipliers);
    CHECK_MESSAGE(outcome.kind == Kind::right, model.files.name, ": ", outcome.text);
    return;
  }
  const auto outcome = lower(model.proto);
  CHECK_MESSAGE(outcome.kind == Kind::refused, model.files.name, ", ", model.why_refused, ": ", outcome.text);
  CHECK_MESSAGE(names_the_culprit(outcome.text, model.proto.graph()), model.files.name, ": ", outcome.text);
}

std::int64_t first_input_elements(const OperatorModel& model) {
  const auto inputs = read_tensors(model.files.data_sets.at(0), "input_");
  return inputs.empty() ? 0 : inputs[0].size();
}

/// Whether an extent of the first input is no multiple of 2, as loops and address widths are easily wrong for.
bool is_uneven(const OperatorModel& model) {
  const auto inputs = read_tensors(model.files.data_sets.at(0), "input_");
  return !inputs.empty() &&
         std::ranges::any_of(inputs[0].type().shape, [](auto extent) { return extent > 1 && extent % 2 == 1; });
}

/// For each operator, one model of those: small, but not trivial, and of an uneven shape if there is one.
std::vector<const OperatorModel*> representatives(const std::vector<OperatorModel>& models) {
  constexpr std::int64_t kTrivial = 12;  // elements
  std::map<std::string, std::pair<std::tuple<bool, bool, std::int64_t>, const OperatorModel*>> best;
  for (const auto& model : models) {
    if (!model.why_refused.empty()) continue;
    const std::int64_t elements = first_input_elements(model);
    const std::tuple rank(!is_uneven(model), elements < kTrivial, elements);
    for (const auto& node : model.proto.graph().node()) {
      const auto entry = best.emplace(node.op_type(), std::pair(rank, &model)).first;
      if (rank < entry->second.first) entry->second = {rank, &model};
    }
  }
  std::set<const OperatorModel*> chosen;
  for (const auto& [op, ranked] : best) chosen.insert(ranked.second);
  return {chosen.begin(), chosen.end()};
}

void check_representatives(const fs::path& folder, std::optional<std::int64_t> multipliers = {}) {
  const auto models = operator_models(folder);
  const auto chosen = representatives(models);
  for (const auto* model : chosen) check(*model, multipliers);
  MESSAGE(chosen.size(), " models simulated");
}

void check_all(const fs::path& folder, std::optional<std::int64_t> multipliers = {}) {
  std::map<std::string, int> counts;
  for (const auto& model : operator_models(folder)) {
    check(model, multipliers);
    ++counts[model.why_refused.empty() ? "simulated" : "refused: " + model.why_refused];
  }
  for (const auto& [what, count] : counts) MESSAGE(count, " models ", what);
}

/// The folder, or none and a message.
std::optional<fs::path> onnx_tests(const std::string& name) {
  const auto folder = onnx_tests_folder(name);
  if (!folder) MESSAGE("skipped: install libonnx-testdata");
  return folder;
}

std::optional<fs::path> runtime_models() {
  const auto folder = operator_models_folder();
  if (!folder) MESSAGE("skipped: set SLUICE_MODELS to the folder of models");
  return folder;
}

}  // namespace

TEST_CASE("an ONNX node test of each operator, in hardware") {
  if (const auto folder = onnx_tests("node")) check_representatives(*folder);
}

TEST_CASE("an ONNX node test of each operator, with many lanes") {
  if (const auto folder = onnx_tests("node")) check_representatives(*folder, kLanes);
}

TEST_CASE("a model of each operator with results of ONNX Runtime, in hardware") {
  if (const auto folder = runtime_models()) check_representatives(*folder);
}

TEST_CASE("GlobalLpPool, which ONNX has no test of, in hardware") {
  const auto model = parse_text("agraph (float[1,2,1,3] x) => (float[1,2,1,1] y) { y = GlobalLpPool <p = 2> (x) }");
  const auto x = Tensor::of<float>(ElementType::float32, {1, 2, 1, 3}, {3, 4, 0, 2, -3, 6});
  const auto y = Tensor::of<float>(ElementType::float32, {1, 2, 1, 1}, {5, 7});
  const auto outcome = run_hardware(model, {x}, {y});
  CHECK_MESSAGE(outcome.kind == Kind::right, outcome.text);
}

TEST_CASE("every other operator that has hardware is in one of ONNX's node tests") {
  const auto folder = onnx_tests("node");
  if (!folder) return;
  std::set<std::string> tested{"GlobalLpPool"};
  for (const auto& model : operator_models(*folder)) {
    if (!model.why_refused.empty()) continue;
    for (const auto& node : model.proto.graph().node()) tested.insert(node.op_type());
  }
  for (const auto& op : op_list()) CHECK_MESSAGE((!op.lower || tested.contains(std::string(op.name))), op.name);
}

TEST_SUITE("slow") {
  TEST_CASE("all of ONNX's node tests: in hardware or refused by name") {
    if (const auto folder = onnx_tests("node")) check_all(*folder);
  }

  TEST_CASE("all of ONNX's tests that PyTorch exported: in hardware or refused by name") {
    for (const char* name : {"pytorch-converted", "pytorch-operator"}) {
      if (const auto folder = onnx_tests(name)) check_all(*folder);
    }
  }

  TEST_CASE("all models of one operator with results of ONNX Runtime: in hardware or refused by name") {
    if (const auto folder = runtime_models()) check_all(*folder);
  }

  TEST_CASE("all of ONNX's node tests with many lanes") {
    if (const auto folder = onnx_tests("node")) check_all(*folder, kLanes);
  }

  TEST_CASE("all models of one operator with results of ONNX Runtime and many lanes") {
    if (const auto folder = runtime_models()) check_all(*folder, kLanes);
  }
}
