#include "frontend/onnx/import.hpp"

#include "frontend/onnx/declared_types.hpp"
#include "frontend/onnx/graph_builder.hpp"
#include "frontend/onnx/graph_inputs.hpp"
#include "frontend/onnx/proto_file.hpp"
#include "frontend/onnx/survey.hpp"

namespace sluice {
namespace {

Expected<TensorGraph> import(const onnx::ModelProto& model, const std::filesystem::path& folder,
                             const ImportOptions& options) {
  const auto nodes = survey(model, folder);
  const auto inputs = graph_inputs(model.graph(), options);
  Diagnostics diagnostics;
  if (!nodes) append(diagnostics, nodes.errors());
  if (!inputs) append(diagnostics, inputs.errors());
  if (!diagnostics.empty()) return diagnostics;

  GraphBuilder builder(model.graph(), folder);
  for (const auto& input : inputs->inputs) builder.add_input(input);
  for (const auto& node : *nodes) builder.add(node);
  for (const auto& output : model.graph().output()) builder.add_output(output.name());
  diagnostics = builder.diagnostics();
  if (!inputs->reshaped) append(diagnostics, check_declared_types(model.graph(), builder));
  if (!diagnostics.empty()) return diagnostics;

  TensorGraph graph = builder.take();
  if (diagnostics = verify(graph); !diagnostics.empty()) return diagnostics;
  return graph;
}

}  // namespace

Expected<TensorGraph> import_onnx(const std::filesystem::path& path, const ImportOptions& options) {
  const auto model = read_model_proto(path);
  if (!model) return model.errors();
  return import(*model, path.parent_path(), options);
}

Expected<TensorGraph> import_onnx_bytes(std::string_view bytes, const std::filesystem::path& folder,
                                        const ImportOptions& options) {
  const auto model = parse_model_proto(bytes, "model");
  if (!model) return model.errors();
  return import(*model, folder, options);
}

}  // namespace sluice
