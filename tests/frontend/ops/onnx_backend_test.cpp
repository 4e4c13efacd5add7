#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "frontend/onnx/proto_file.hpp"
#include "frontend/onnx/tensor_proto.hpp"
#include "frontend/ops/op_def.hpp"
#include "tests/frontend/support/models.hpp"
#include "tests/frontend/support/run_model.hpp"

// Every operator against results that are not ours: ONNX's own node tests, and models whose results come from ONNX
// Runtime.

using namespace sluice;
using namespace sluice::test;

namespace {

namespace fs = std::filesystem;

/// Models of known operators in a form that is not supported, with the reason: whole names, or parts of them after a *.
const std::map<std::string, std::string>& unsupported() {
  static const std::map<std::string, std::string> list{
      {"*BFLOAT16", "the data files hold bfloat16 as uint16"},
      {"*STRING", "strings"},
      {"*_cubic", "Resize by interpolation"},
      {"*_linear", "Resize by interpolation"},
      {"*pow_types_int", "powers of integers in hardware"},
      {"*training_dropout", "Dropout that drops"},
      {"*training_mode", "BatchNormalization that learns its statistics"},
      {"resize_2", "Resize by interpolation"},
      {"resize_3", "Resize by interpolation"},
      {"resize_4", "Resize by interpolation"},
      {"test_constantofshape_int_shape_zero", "tensors without elements"},
      {"test_div_uint8", "division of integers in hardware"},
      {"test_identity_opt", "optional tensors"},
      {"test_identity_sequence", "sequences of tensors"},
      {"test_pow_types_float", "powers of integers in hardware"},
      {"test_reshape_allowzero_reordered", "tensors without elements"},
      {"test_resize_tf_crop_and_resize", "Resize of a region of interest"},
      {"test_slice_start_out_of_bounds", "tensors without elements"},
      {"test_split_zero_size_splits", "tensors without elements"},
  };
  return list;
}

bool is_unsupported(const std::string& name) {
  return std::ranges::any_of(unsupported(), [&](const auto& entry) {
    return entry.first[0] == '*' ? name.find(entry.first.substr(1)) != name.npos : name == entry.first;
  });
}

bool knows_all_operators(const onnx::ModelProto& model) {
  return std::ranges::all_of(model.graph().node(), [](const auto& node) {
    return node.op_type() == "Constant" || find_op(node.op_type(), node.domain() == "ai.onnx" ? "" : node.domain());
  });
}

/// The model with the inputs from `first` on turned into initializers.
onnx::ModelProto with_constants(onnx::ModelProto model, const std::vector<Tensor>& inputs, int first) {
  auto& graph = *model.mutable_graph();
  for (int i = first; i < graph.input_size(); ++i) {
    *graph.add_initializer() = proto_of(inputs.at(static_cast<std::size_t>(i)), graph.input(i).name());
  }
  while (graph.input_size() > first) graph.mutable_input()->RemoveLast();
  return model;
}

/// The model without the outputs after the first, which many operators have for training only.
onnx::ModelProto with_one_output(onnx::ModelProto model) {
  auto& graph = *model.mutable_graph();
  while (graph.output_size() > 1) graph.mutable_output()->RemoveLast();
  auto& outputs = *graph.mutable_node(0)->mutable_output();
  while (graph.node_size() == 1 && outputs.size() > 1) outputs.RemoveLast();
  return model;
}

struct DataSet {
  std::vector<Tensor> inputs, expected;
};

/// The model as it is, and with all inputs but the first constant (the first too if it is alone), as operands that
/// decide shapes must be. One form may be refused, none may be wrong.
Outcome run_forms(const onnx::ModelProto& proto, const DataSet& data) {
  const int inputs = proto.graph().input_size();
  Outcome result{Outcome::Kind::refused, ""};
  for (const int variable : {inputs, std::max(0, std::min(1, inputs - 1))}) {
    const auto graph = import_proto(with_constants(proto, data.inputs, variable));
    const std::vector<Tensor> given(data.inputs.begin(), data.inputs.begin() + variable);
    Outcome outcome =
        graph ? run_model(*graph, given, data.expected) : Outcome{Outcome::Kind::refused, to_string(graph.errors())};
    if (outcome.kind == Outcome::Kind::wrong) return outcome;
    if (outcome.kind == Outcome::Kind::right) result.kind = outcome.kind;
    result.text += outcome.text;
  }
  return result;
}

std::string golden_problem(const onnx::ModelProto& proto, const GoldenModel& golden) {
  for (const auto& folder : golden.data_sets) {
    DataSet data{read_tensors(folder, "input_"), read_tensors(folder, "output_")};
    Outcome outcome = run_forms(proto, data);
    if (outcome.kind == Outcome::Kind::refused && data.expected.size() > 1) {
      data.expected.resize(1);
      outcome = run_forms(with_one_output(proto), data);
    }
    if (outcome.kind != Outcome::Kind::right) return outcome.text;
  }
  return "";
}

void check_all(const fs::path& folder) {
  int checked = 0, unknown = 0;
  for (const auto& golden : golden_models(folder)) {
    if (is_unsupported(golden.name)) continue;
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

}  // namespace

TEST_CASE("ONNX's own node tests") {
  const fs::path folder = "/usr/share/libonnx-testdata/data/node";
  if (!fs::is_directory(folder)) {
    MESSAGE("skipped: install libonnx-testdata");
    return;
  }
  check_all(folder);
}

TEST_CASE("Models of one operator with results of ONNX Runtime") {
  const auto folder = models_folder();
  if (!folder || !fs::is_directory(*folder / "ops")) {
    MESSAGE("skipped: set SLUICE_MODELS to the folder of models");
    return;
  }
  check_all(*folder / "ops");
}
