#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "core/diag/expected.hpp"
#include "core/kernel/builder.hpp"
#include "core/kernel/kernel.hpp"
#include "core/tensor/tensor_graph.hpp"

namespace sluice {

/// An attribute is of another kind than its operator means.
struct WrongAttributeKind : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One operand as an operator sees it.
struct Operand {
  TensorType type;
  std::string tensor;                      ///< name of the tensor that it is (before a view)
  std::shared_ptr<const Tensor> constant;  ///< its value, under type.shape, if it is known
  bool present = false;                    ///< an optional operand may be absent
};

/// What an operator's functions are told.
struct OpContext {
  const Operator& node;
  std::vector<Operand> operands;
  int output_count = 1;  ///< outputs that the model names

  [[nodiscard]] bool has(std::size_t operand) const { return operand < operands.size() && operands[operand].present; }

  /// Attributes by name, with ONNX's default. A value of another kind throws WrongAttributeKind, which the importer reports.
  [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t otherwise) const;
  [[nodiscard]] float real(std::string_view name, float otherwise) const;
  [[nodiscard]] std::string text(std::string_view name, std::string_view otherwise) const;
  [[nodiscard]] std::vector<std::int64_t> integers(std::string_view name, std::vector<std::int64_t> otherwise = {}) const;

  /// An error about this node.
  [[nodiscard]] Diagnostic error(std::string what, std::string hint = "") const;
};

/// An elementwise function on a body's values: a ScalarContext asks to append y = op(x, operands...) to the nest. It knows
/// nothing of arrays and indices, so it serves an operator of its own and an epilogue of another alike.
struct ScalarContext {
  const Operator& node;  ///< the operator itself, or one made from an Epilogue
  NestBuilder& nest;
  Value x;
  std::span<const std::optional<Value>> operands;  ///< the operands after the first, at this element; none if absent
};

/// Everything that Sluice knows of one operator: one file in frontend/ops, one line in list.cpp.
struct OpDef {
  std::string_view name;         ///< ONNX operator type
  std::string_view domain = "";  ///< operator set; "" is ONNX's own
  int first_opset = 1;           ///< meanings are known from this opset ...
  int last_opset = 21;           ///< ... to this one
  std::vector<std::string_view> attributes;  ///< every attribute that is understood; any other is refused by name

  /// Types of all outputs, or what is wrong with the node. Sees constants where an operand's value decides a shape.
  std::function<Expected<std::vector<TensorType>>(const OpContext&)> infer;

  /// ONNX's meaning on the host: float32 arithmetic where ONNX has it, no flush to zero. Used to fold constants and as
  /// the reference of the kernel. The operands come in the context, all of them constant.
  std::function<std::vector<Tensor>(const OpContext&)> evaluate;

  /// One kernel for the node with its epilogues; arrays named after tensors. Absent: the node must fold away.
  std::function<Expected<Kernel>(const OpContext&)> lower;

  /// Present for an operator that is elementwise in its first operand: lets it follow another as an epilogue.
  std::function<Value(const ScalarContext&)> scalar;

  /// Not folded though all its operands are constant: it says how a constant is quantised, which the hardware uses.
  bool keeps_constants = false;
};

/// All operators, in alphabetical order.
std::span<const OpDef> op_list();

/// The definition of an operator, given by name and domain or by its qualified name; null if it is not known.
const OpDef* find_op(std::string_view name, std::string_view domain = "");

/// What Operator::op holds: "Conv", "com.microsoft:QLinearAdd".
std::string qualified_name(std::string_view name, std::string_view domain);

/// The context of a node of a graph: operand types under their views, constants of Constant nodes. It refers to the
/// graph's node: adding a node to the graph invalidates it.
OpContext context_of(const TensorGraph& graph, TensorGraph::NodeId node);
/// The same where only these of the node's in-edges count.
OpContext context_of(const TensorGraph& graph, TensorGraph::NodeId node,
                     std::span<const TensorGraph::EdgeId> operands);

}  // namespace sluice
