#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/tensor/tensor_graph.hpp"
#include "frontend/onnx/graph_inputs.hpp"
#include "frontend/onnx/names.hpp"
#include "frontend/onnx/survey.hpp"

namespace sluice {

/// Builds the TensorGraph node by node, in topological order: infers each node's types and folds what is constant at
/// once, so that shapes computed by the model itself are known where they are needed. After an error it goes on with
/// the nodes that don't depend on it.
class GraphBuilder {
 public:
  GraphBuilder(const onnx::GraphProto& graph, const std::filesystem::path& folder);

  void add_input(const GraphInput& input);
  void add(const ModelNode& node);
  void add_output(const std::string& tensor);

  /// The inferred type of a tensor; none if it was not reached.
  [[nodiscard]] const TensorType* type_of(const std::string& tensor) const;

  [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }
  TensorGraph take() { return std::move(graph_); }

 private:
  /// What is known of a tensor: a value, or its place in the graph, or (once an operator needed the value) both.
  struct Known {
    TensorType type;
    std::shared_ptr<const Tensor> constant;
    std::vector<std::string> onnx_nodes;  ///< that were folded into the constant
    std::optional<TensorGraph::Source> source;
  };

  /// Outputs that the node names, without those at the end that nothing reads: they might as well have no name.
  [[nodiscard]] std::vector<std::string> read_outputs(const ModelNode& node) const;
  Known* find(const std::string& tensor);
  TensorGraph::Source source_of(const std::string& tensor, Known& known);
  bool resolve_operands(const ModelNode& node, OpContext& context);
  bool infer_outputs(const OpContext& context, Operator& op);
  void add_constant(const ModelNode& node);
  void fold(const ModelNode& node, const OpContext& context);
  void fail(const ModelNode& node);

  const std::filesystem::path& folder_;
  std::map<std::string, const onnx::TensorProto*> initializers_;
  std::map<std::string, Known> known_;
  std::set<std::string> read_;    ///< tensors that a node or an output reads
  std::set<std::string> failed_;  ///< tensors that an error keeps from being known
  UniqueNames node_names_;
  UniqueNames output_names_;
  TensorGraph graph_;
  Diagnostics diagnostics_;
  std::int64_t elements_ = 0;      ///< of all tensors that operators make
  std::int64_t folded_bytes_ = 0;  ///< of all constants that folding made
};

}  // namespace sluice
