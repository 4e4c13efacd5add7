#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/diag/diagnostic.hpp"
#include "core/graph/digraph.hpp"
#include "core/tensor/tensor.hpp"

namespace sluice {

using Attribute = std::variant<std::int64_t, float, std::string, std::vector<std::int64_t>, std::vector<float>,
                               std::vector<std::string>, Tensor>;
using Attributes = std::map<std::string, Attribute, std::less<>>;

/// A tensor that an operator makes.
struct TensorValue {
  std::string name;  ///< unique in the graph; from the ONNX model
  TensorType type;
};

/// An elementwise function of the result, fused into the operator that makes it: y = op(y, constants...).
struct Epilogue {
  std::string op;                                        ///< ONNX operator type, "Relu", "Clip", ...
  Attributes attributes;
  std::vector<std::shared_ptr<const Tensor>> constants;  ///< the operands after the first; null where absent
};

/// A node of a TensorGraph. Besides ONNX's operators there are "Input" (no operands, one output), "Output" (one operand,
/// no output; its name is the graph output's) and "Constant" (no operands, one output, `constant` set).
struct Operator {
  std::string name;  ///< the ONNX node's name, or one made from its outputs'
  std::string op;    ///< operator type, "Conv"; "domain:Name" outside ONNX's own domain
  int opset = 0;     ///< version of the ONNX operator set that defines its meaning
  Attributes attributes;
  std::vector<TensorValue> outputs;
  std::shared_ptr<const Tensor> constant;  ///< of a Constant
  std::vector<Epilogue> epilogues;         ///< applied to output 0, in order
  std::vector<std::string> onnx_nodes;     ///< names of all the ONNX nodes that it stands for
};

/// Operand `operand` of the target is output `output` of the source. Optional operands that are absent have no edge.
struct Use {
  int output = 0;
  int operand = 0;
  std::optional<Shape> view;  ///< the shape under which the target sees the tensor's row-major elements, if another
};

/// Level 1: operators and typed, fully shaped tensors. `outputs[0].type` of an operator is that after its epilogues.
struct TensorGraph : Digraph<Operator, Use> {
  std::string name;

  /// Nodes "Input" and "Output", in the model's order.
  std::vector<NodeId> inputs;
  std::vector<NodeId> outputs;

  /// The output that feeds operand `operand` of `node`: its maker and index; none if absent.
  struct Source {
    NodeId node;
    int output = 0;
  };
  [[nodiscard]] std::optional<Source> operand(NodeId node, int operand) const;
  /// One more than the highest operand that is there.
  [[nodiscard]] int operand_count(NodeId node) const;
  [[nodiscard]] const TensorValue& value(Source source) const;
  /// The type of a use's tensor as the target sees it.
  [[nodiscard]] TensorType type(EdgeId use) const;

  /// Drops every node that `keep` refuses, with its edges; `inputs` and `outputs` follow.
  void retain(const std::function<bool(NodeId)>& keep);
};

/// Everything that is wrong with a graph: cycles, missing or doubled operands, nameless or doubled tensors and nodes, bad
/// shapes, constants whose data does not match their type, boundary lists that don't match the nodes. Only a Constant may
/// have no elements. An Output may share its name with another node: it is the graph's, on the other side of it.
Diagnostics verify(const TensorGraph& graph);

/// The graph as text, an operator a line, in topological order.
std::string to_string(const TensorGraph& graph);

}  // namespace sluice
