#include "tests/frontend/support/models.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <onnx/defs/parser.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>

#include "core/arith/float_ops.hpp"
#include "frontend/onnx/tensor_file.hpp"
#include "frontend/onnx/tensor_proto.hpp"

namespace sluice::test {

namespace fs = std::filesystem;

std::optional<fs::path> models_folder() {
  const char* variable = std::getenv("SLUICE_MODELS");
  const fs::path folder = variable ? fs::path(variable) : fs::path(SLUICE_SOURCE_DIR) / ".." / "shared" / "models";
  if (!fs::is_directory(folder)) return std::nullopt;
  return folder;
}

GoldenModel golden_model(const fs::path& folder) {
  GoldenModel model{folder.filename().string(), folder / "model.onnx", {}};
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory() && entry.path().filename().string().starts_with("test_data_set_")) {
      model.data_sets.push_back(entry.path());
    }
  }
  std::ranges::sort(model.data_sets);
  return model;
}

std::vector<GoldenModel> golden_models(const fs::path& folder) {
  std::vector<GoldenModel> models;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (fs::exists(entry.path() / "model.onnx")) models.push_back(golden_model(entry.path()));
  }
  std::ranges::sort(models, {}, &GoldenModel::name);
  return models;
}

std::vector<Tensor> read_tensors(const fs::path& folder, const std::string& prefix) {
  std::vector<Tensor> tensors;
  for (int i = 0;; ++i) {
    const fs::path path = folder / fmt::format("{}{}.pb", prefix, i);
    if (!fs::exists(path)) return tensors;
    auto tensor = read_tensor_proto(path);
    REQUIRE_MESSAGE(tensor, to_string(tensor.errors()));
    tensors.push_back(std::move(tensor).value());
  }
}

onnx::ModelProto parse_text(const std::string& text, const Tensors& initializers) {
  const bool has_header = text.find_first_not_of(" \n") == text.find('<');
  const std::string full = has_header ? text : "<ir_version: 8, opset_import: [\"\" : 17]>\n" + text;
  onnx::ModelProto model;
  const auto status = onnx::OnnxParser::Parse(model, full.c_str());
  REQUIRE_MESSAGE(status.IsOK(), status.ErrorMessage());
  for (const auto& [name, tensor] : initializers) *model.mutable_graph()->add_initializer() = proto_of(tensor, name);
  return model;
}

TensorGraph import_text(const std::string& text, const Tensors& initializers, const ImportOptions& options) {
  auto graph = import_proto(parse_text(text, initializers), options);
  REQUIRE_MESSAGE(graph, to_string(graph.errors()));
  return std::move(graph).value();
}

Expected<TensorGraph> import_proto(const onnx::ModelProto& model, const ImportOptions& options) {
  return import_onnx_bytes(model.SerializeAsString(), fs::temp_directory_path(), options);
}

Tensor random_tensor(const TensorType& type, std::uint32_t seed) {
  std::mt19937 engine(seed);
  Tensor tensor(type);
  const ScalarType scalar = scalar_type(type.element);
  for (std::int64_t i = 0; i < tensor.size(); ++i) {
    const double unit = static_cast<double>(engine()) / 4294967296.0;
    if (type.element == ElementType::float64) {
      tensor.as<double>()[static_cast<std::size_t>(i)] = unit * 4 - 2;
    } else if (scalar.is_float()) {
      tensor.set_bits(i, fp::from_double(scalar.format(), unit * 4 - 2));
    } else {
      tensor.set_bits(i, from_int64(scalar, static_cast<std::int64_t>(unit * 100) - (scalar.is_signed() ? 50 : 0)));
    }
  }
  return tensor;
}

std::vector<Tensor> random_inputs(const TensorGraph& graph, std::uint32_t seed) {
  std::vector<Tensor> inputs;
  for (const auto node : graph.inputs) inputs.push_back(random_tensor(graph[node].outputs.at(0).type, seed++));
  return inputs;
}

double distance(const Tensor& a, const Tensor& b) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (a.type() != b.type()) return kInfinity;
  const auto left = a.to_doubles();
  const auto right = b.to_doubles();
  double largest = 1;
  double difference = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (std::isnan(left[i]) != std::isnan(right[i])) return kInfinity;
    if (left[i] == right[i] || std::isnan(left[i])) continue;
    difference = std::max(difference, std::abs(left[i] - right[i]));
    if (std::isfinite(right[i])) largest = std::max(largest, std::abs(right[i]));
  }
  return difference / largest;
}

TensorGraph::NodeId node_named(const TensorGraph& graph, const std::string& name) {
  for (const auto node : graph.nodes()) {
    if (graph[node].name == name && graph[node].op != "Output") return node;
  }
  FAIL("no node is called " << name << " in\n" << to_string(graph));
  return {};
}

int count_op(const TensorGraph& graph, const std::string& op) {
  const auto all = graph.nodes();
  return static_cast<int>(std::ranges::count_if(all, [&](auto node) { return graph[node].op == op; }));
}

}  // namespace sluice::test
