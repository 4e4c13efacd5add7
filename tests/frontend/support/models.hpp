#pragma once

#include <onnx/onnx_pb.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/tensor/tensor_graph.hpp"
#include "frontend/onnx/import.hpp"

/// Models for tests: the folder of models with golden results, models written as text, random tensors.
namespace sluice::test {

/// The folder of models with golden results: $SLUICE_MODELS, else beside the repository; none if there is no such
/// folder.
std::optional<std::filesystem::path> models_folder();

/// A model with its golden results.
struct GoldenModel {
  std::string name;
  std::filesystem::path model;
  std::vector<std::filesystem::path> data_sets;  ///< folders with input_K.pb and output_K.pb
};

/// The model in a folder of the ONNX backend layout.
GoldenModel golden_model(const std::filesystem::path& folder);

/// All models below a folder, by name.
std::vector<GoldenModel> golden_models(const std::filesystem::path& folder);

/// Tensors prefix0.pb, prefix1.pb, ... of a folder, as many as there are.
std::vector<Tensor> read_tensors(const std::filesystem::path& folder, const std::string& prefix);

using Tensors = std::map<std::string, Tensor>;

/// A model from ONNX's text format, "agraph (float[1,3] x) => (float[1,3] y) { y = Relu(x) }"; the text may leave out
/// the part in <>, which gives IR version 8 and opset 17. `initializers` are added to it.
onnx::ModelProto parse_text(const std::string& text, const Tensors& initializers = {});

/// Imports such a model; an error fails the test.
TensorGraph import_text(const std::string& text, const Tensors& initializers = {}, const ImportOptions& options = {});

/// Imports a model that the test has changed.
Expected<TensorGraph> import_proto(const onnx::ModelProto& model, const ImportOptions& options = {});

/// Seeded elements: floats in [-2, 2), integers over a small range.
Tensor random_tensor(const TensorType& type, std::uint32_t seed);

/// Seeded values for all inputs of a graph.
std::vector<Tensor> random_inputs(const TensorGraph& graph, std::uint32_t seed);

/// Largest |a - b|, relative to the largest |b| where that is above 1; infinite where types differ or only one is NaN.
double distance(const Tensor& a, const Tensor& b);

/// The node of this name; fails the test if there is none.
TensorGraph::NodeId node_named(const TensorGraph& graph, const std::string& name);

/// How many nodes have the operator type.
int count_op(const TensorGraph& graph, const std::string& op);

}  // namespace sluice::test
