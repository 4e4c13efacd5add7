#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "core/kernel/interpreter.hpp"
#include "frontend/onnx/proto_file.hpp"
#include "frontend/onnx/tensor_proto.hpp"
#include "frontend/ops/evaluate.hpp"
#include "tests/frontend/support/models.hpp"

// Every operator against results that are not ours: ONNX's own node tests, and models whose results come from ONNX
// Runtime.

using namespace sluice;
using namespace sluice::test;

namespace {

namespace fs = std::filesystem;

/// Models of known operators in a form that is not supported, by a part of their names, with the reason.
const std::map<std::string, std::string>& unsupported() {
  static const std::map<std::string, std::string> list{
      {"training_mode", "BatchNormalization that also learns its statistics"},
      {"STRING", "strings"},
      {"BFLOAT16", "the data files hold bfloat16 as uint16"},
      {"_with_argmax_", "MaxPool with the output Indices"},
      {"_cubic", "Resize by interpolation"},
      {"_linear", "Resize by interpolation"},
      {"_tf_crop_and_resize", "Resize of a region of interest"},
      {"resize_2", "Resize by interpolation"},
      {"resize_3", "Resize by interpolation"},
      {"resize_4", "Resize by interpolation"},
      {"zero_size", "tensors without elements"},
      {"shape_zero", "tensors without elements"},
  };
  return list;
}

bool is_unsupported(const std::string& name) {
  return std::ranges::any_of(unsupported(), [&](const auto& entry) { return name.find(entry.first) != name.npos; });
}

bool knows_all_operators(const onnx::ModelProto& model) {
  return std::ranges::all_of(model.graph().node(), [](const auto& node) {
    return node.op_type() == "Constant" || find_op(node.op_type(), node.domain() == "ai.onnx" ? "" : node.domain());
  });
}

/// The model with all inputs but the first turned into initializers: where an operand decides a shape it must be
/// constant.
onnx::ModelProto with_constant_operands(onnx::ModelProto model, const std::vector<Tensor>& inputs) {
  auto& graph = *model.mutable_graph();
  for (int i = 1; i < graph.input_size(); ++i) {
    *graph.add_initializer() = proto_of(inputs.at(static_cast<std::size_t>(i)), graph.input(i).name());
  }
  while (graph.input_size() > 1) graph.mutable_input()->RemoveLast();
  return model;
}

double tolerance(const Tensor& tensor) {
  if (tensor.element() == ElementType::float16) return 5e-3;
  if (tensor.element() == ElementType::bfloat16) return 5e-2;
  return scalar_type(tensor.element()).is_float() ? 1e-4 : 0;
}

using Values = std::map<std::string, std::shared_ptr<const Tensor>>;

/// What is wrong with the kernel when it runs on the tensors' values, compared with theirs; empty if nothing is.
std::string kernel_problem(const Kernel& kernel, const Values& values) {
  if (const Diagnostics wrong = verify(kernel); !wrong.empty()) return to_string(wrong) + "\n" + to_string(kernel);
  ArrayContents contents = initial_contents(kernel);
  for (std::size_t a = 0; a < kernel.arrays.size(); ++a) {
    if (kernel.arrays[a].role != ArrayRole::input) continue;
    const Tensor& value = *values.at(kernel.arrays[a].tensor);
    for (std::size_t i = 0; i < contents[a].size(); ++i) contents[a][i] = value.bits(static_cast<std::int64_t>(i));
  }
  if (const Diagnostics wrong = execute(kernel, contents); !wrong.empty())
    return to_string(wrong) + "\n" + to_string(kernel);
  for (std::size_t a = 0; a < kernel.arrays.size(); ++a) {
    if (kernel.arrays[a].role != ArrayRole::output) continue;
    const Tensor& expected = *values.at(kernel.arrays[a].tensor);
    Tensor actual(expected.type());
    for (std::int64_t i = 0; i < actual.size(); ++i) actual.set_bits(i, contents[a][static_cast<std::size_t>(i)]);
    if (const double off = distance(actual, expected); !(off <= tolerance(expected))) {
      return fmt::format("the kernel's '{}' is off by {}\n{}", kernel.arrays[a].tensor, off, to_string(kernel));
    }
  }
  return "";
}

/// No unit computes in float64; such models only run on the host.
bool has_float64(const TensorGraph& graph) {
  return std::ranges::any_of(graph.nodes(), [&](auto node) {
    return std::ranges::any_of(graph[node].outputs,
                               [](const auto& y) { return y.type.element == ElementType::float64; });
  });
}

/// What is wrong with a model on the host, then with every kernel of it.
std::string model_problem(const TensorGraph& graph, const std::vector<Tensor>& inputs,
                          const std::vector<Tensor>& expected) {
  Values values;
  const EvaluateOptions options{.observe = [&](TensorGraph::NodeId node, const auto& outputs) {
    for (std::size_t i = 0; i < outputs.size(); ++i) values[graph[node].outputs[i].name] = outputs[i];
  }};
  const auto outputs = evaluate(graph, inputs, options);
  if (!outputs) return to_string(outputs.errors());
  if (outputs->size() != expected.size()) return fmt::format("{} outputs", outputs->size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double off = distance((*outputs)[i], expected[i]);
    if (!(off <= tolerance(expected[i]))) {
      return fmt::format("output {}, a {}, is off by {} from a {}", i, to_string((*outputs)[i].type()), off,
                         to_string(expected[i].type()));
    }
  }
  if (has_float64(graph)) return "";
  for (const auto node : graph.nodes()) {
    const OpDef* def = find_op(graph[node].op);
    if (!def || !def->lower) continue;
    const auto kernel = def->lower(context_of(graph, node));
    if (!kernel) return to_string(kernel.errors());
    if (const auto problem = kernel_problem(*kernel, values); !problem.empty()) return problem;
  }
  return "";
}

std::string golden_problem(const onnx::ModelProto& proto, const GoldenModel& golden) {
  for (const auto& data : golden.data_sets) {
    auto inputs = read_tensors(data, "input_");
    auto graph = import_proto(proto);
    if (!graph && inputs.size() > 1) {
      auto second = import_proto(with_constant_operands(proto, inputs));
      if (second) inputs.resize(1);
      graph = std::move(second);
    }
    if (!graph) return to_string(graph.errors());
    if (auto problem = model_problem(*graph, inputs, read_tensors(data, "output_")); !problem.empty()) return problem;
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
