#include "tests/frontend/support/backend_models.hpp"

#include <algorithm>
#include <map>

#include "frontend/onnx/tensor_proto.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;
using Values = google::protobuf::RepeatedPtrField<onnx::ValueInfoProto>;

/// Reasons by whole names, or parts of them after a *.
const std::map<std::string, std::string>& unsupported() {
  static const std::map<std::string, std::string> list{
      {"*STRING", "strings"},
      {"*_cubic", "Resize by interpolation"},
      {"*_linear", "Resize by interpolation"},
      {"*pow_types_int32", "powers of integers in hardware"},
      {"*pow_types_int64", "powers of integers in hardware"},
      {"*training_dropout", "Dropout that drops"},
      {"*training_mode", "BatchNormalization that learns its statistics"},
      {"*operator_add_", "broadcasting as before opset 7"},
      {"*operator_addconstant", "broadcasting as before opset 7"},
      {"*test_PReLU_", "PRelu as before opset 7"},
      {"resize_2", "Resize by interpolation"},
      {"resize_3", "Resize by interpolation"},
      {"resize_4", "Resize by interpolation"},
      {"test_Softsign", "broadcasting as before opset 7"},
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

/// The tensor as the model declares it: ONNX's data files hold bfloat16 as uint16, and have a single element for an
/// operand of which only the type matters.
Tensor as_declared(const Tensor& tensor, const onnx::TypeProto::Tensor& declared) {
  TensorType type = tensor.type();
  if (declared.elem_type() == onnx::TensorProto::BFLOAT16) type.element = ElementType::bfloat16;
  if (tensor.size() == 1) {
    type.shape.clear();
    for (const auto& extent : declared.shape().dim()) type.shape.push_back(extent.dim_value());
    if (element_count(type.shape) < 1) type.shape = tensor.type().shape;
  }
  Tensor result(type);
  for (std::int64_t i = 0; i < result.size(); ++i) result.set_bits(i, tensor.bits(tensor.size() == 1 ? 0 : i));
  return result;
}

std::vector<Tensor> as_declared(std::vector<Tensor> tensors, const Values& declared) {
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    tensors[i] = as_declared(tensors[i], declared.at(static_cast<int>(i)).type().tensor_type());
  }
  return tensors;
}

/// The model with the inputs from `first` on turned into initializers. Models of early formats name initializers as
/// inputs, too.
onnx::ModelProto with_constants(onnx::ModelProto model, const std::vector<Tensor>& inputs, std::size_t first) {
  auto& graph = *model.mutable_graph();
  std::vector<onnx::ValueInfoProto> variable;
  for (const auto& input : graph.input()) {
    const bool initialized =
        std::ranges::any_of(graph.initializer(), [&](const auto& each) { return each.name() == input.name(); });
    if (!initialized) variable.push_back(input);
  }
  for (std::size_t i = first; i < variable.size(); ++i) {
    *graph.add_initializer() = proto_of(inputs.at(i), variable[i].name());
  }
  graph.clear_input();
  for (std::size_t i = 0; i < first; ++i) *graph.add_input() = variable.at(i);
  return model;
}

/// The model without the outputs from `count` on.
onnx::ModelProto with_outputs(onnx::ModelProto model, int count) {
  auto& graph = *model.mutable_graph();
  if (graph.output_size() <= count) return model;
  while (graph.output_size() > count) graph.mutable_output()->RemoveLast();
  auto& outputs = *graph.mutable_node(0)->mutable_output();
  while (graph.node_size() == 1 && outputs.size() > count) outputs.RemoveLast();
  return model;
}

}  // namespace

std::optional<fs::path> onnx_tests_folder(const std::string& name) {
  const fs::path folder = fs::path("/usr/share/libonnx-testdata/data") / name;
  return fs::is_directory(folder) ? std::optional(folder) : std::nullopt;
}

std::optional<fs::path> operator_models_folder() {
  const auto folder = models_folder();
  return folder && fs::is_directory(*folder / "ops") ? std::optional(*folder / "ops") : std::nullopt;
}

std::string why_unsupported(const std::string& name) {
  const auto entry = std::ranges::find_if(unsupported(), [&](const auto& listed) {
    return listed.first[0] == '*' ? name.find(listed.first.substr(1)) != name.npos : name == listed.first;
  });
  return entry == unsupported().end() ? "" : entry->second;
}

bool knows_all_operators(const onnx::ModelProto& model) {
  return std::ranges::all_of(model.graph().node(), [](const auto& node) {
    return node.op_type() == "Constant" || find_op(node.op_type(), node.domain() == "ai.onnx" ? "" : node.domain());
  });
}

std::vector<BackendForm> forms_of(const onnx::ModelProto& model, const fs::path& data_set, std::size_t outputs) {
  const auto inputs = as_declared(read_tensors(data_set, "input_"), model.graph().input());
  const auto expected = as_declared(read_tensors(data_set, "output_"), model.graph().output());
  std::vector<BackendForm> forms{{with_outputs(model, static_cast<int>(outputs)), inputs, expected}};
  if (expected.size() > outputs) forms[0].expected.resize(outputs);
  if (inputs.empty()) return forms;
  const std::size_t variable = std::min(std::size_t{1}, inputs.size() - 1);
  forms.push_back(forms[0]);
  forms[1].model = with_constants(forms[0].model, inputs, variable);
  forms[1].inputs.resize(variable);
  return forms;
}

}  // namespace sluice::test
