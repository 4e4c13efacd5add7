#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/tensor/tensor_graph.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {

/// Edits a TensorGraph for a pass. Uses can be redirected and dropped; all questions are answered for the graph as it
/// is after the edits so far. Ids stay valid until `commit`, which makes the edits final and drops what no output
/// needs.
class Rewrite {
 public:
  using NodeId = TensorGraph::NodeId;
  using EdgeId = TensorGraph::EdgeId;
  using Source = TensorGraph::Source;

  explicit Rewrite(TensorGraph& graph);

  Operator& operator[](NodeId node) { return graph_[node]; }
  const Operator& operator[](NodeId node) const { return graph_[node]; }
  [[nodiscard]] const TensorGraph& graph() const { return graph_; }

  /// The operators (no Input, Output, Constant) that there were at the start, in topological order.
  [[nodiscard]] std::vector<NodeId> operators() const;

  [[nodiscard]] std::vector<EdgeId> operands(NodeId node) const;
  [[nodiscard]] std::optional<EdgeId> operand(NodeId node, int operand) const;
  [[nodiscard]] std::vector<EdgeId> readers(NodeId node) const;
  /// The use of a node's only output, if there is just one.
  [[nodiscard]] std::optional<EdgeId> only_reader(NodeId node) const;
  [[nodiscard]] Source source(EdgeId use) const { return {graph_.source(use), graph_[use].output}; }
  /// Whether an operand of the node is this tensor.
  [[nodiscard]] bool reads(NodeId node, Source source) const;
  /// An operand's value under its view, if it is a Constant.
  [[nodiscard]] std::shared_ptr<const Tensor> constant(NodeId node, int operand) const;
  [[nodiscard]] OpContext context(NodeId node) const;

  NodeId add(Operator op);
  /// A Constant node; its name is made unique.
  Source add_constant(const std::string& name, Tensor value, std::vector<std::string> onnx_nodes = {});
  /// Makes `source` an operand, in place of the one that was there; `shape` is how the node sees it.
  void connect(Source source, NodeId node, int operand, const Shape& shape);
  void drop(EdgeId use);

  /// Readers of output `output` of `node` read `by` instead, under the shapes they saw.
  void redirect_readers(NodeId node, int output, Source by);
  /// Takes out a node whose first operand is its result: readers see that. Its ONNX nodes go to the operand's operator,
  /// or to the readers if that is an Input or a Constant.
  void bypass(NodeId node);
  /// Gives output 0 of a node another shape; its readers see it under the shapes they saw.
  void reshape_result(NodeId node, const Shape& shape);
  /// `producer` computes from now on what `follower`, the only reader of its only output, computed, in the shape
  /// `shape`: it takes over the name, the element type, the readers and the ONNX nodes.
  void absorb(NodeId producer, NodeId follower, const Shape& shape);
  void absorb(NodeId producer, NodeId follower);  ///< in the shape that it has

  /// The most operators on a way from an input or a constant to a node, itself included; by index of the node.
  [[nodiscard]] std::vector<int> depths() const;

  /// A name that no tensor and no node has.
  std::string unique_name(const std::string& wanted);

  /// Ends the editing; returns how many nodes went away.
  std::size_t commit();

 private:
  [[nodiscard]] std::vector<EdgeId> live(const std::vector<EdgeId>& edges) const;

  TensorGraph& graph_;
  std::set<EdgeId> dropped_;
  std::set<std::string> names_;
};

/// Whether the node is neither Input nor Output nor Constant.
bool is_operator(const Operator& node);

}  // namespace sluice
