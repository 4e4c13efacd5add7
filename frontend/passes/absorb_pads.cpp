#include <algorithm>
#include <limits>

#include "frontend/passes/rewrite.hpp"

namespace sluice {
namespace {

using NodeId = TensorGraph::NodeId;
using Integers = std::vector<std::int64_t>;

/// A Pad of constant value, as ONNX writes it: begins of all axes, then ends.
struct Padding {
  Integers pads;
  double value = 0;
};

/// Scatters the pads of the listed axes over all; none if an axis is out of range.
std::optional<Integers> for_all_axes(const Integers& pads, const Integers& axes, std::size_t rank) {
  Integers all(2 * rank, 0);
  if (pads.size() != 2 * axes.size()) return std::nullopt;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const auto axis = normalized_axis(axes[i], static_cast<int>(rank));
    if (!axis) return std::nullopt;
    all[static_cast<std::size_t>(*axis)] = pads[i];
    all[static_cast<std::size_t>(*axis) + rank] = pads[i + axes.size()];
  }
  return all;
}

/// What a Pad adds, if that is known, only to spatial axes, and not negative.
std::optional<Padding> padding_of(const OpContext& context) {
  if (context.node.op != "Pad" || context.text("mode", "constant") != "constant") return std::nullopt;
  const std::size_t rank = context.operands[0].type.shape.size();
  for (std::size_t i = 1; i < context.operands.size(); ++i) {
    if (context.has(i) && !context.operands[i].constant) return std::nullopt;
  }
  Padding padding{context.integers("pads"), context.real("value", 0)};
  if (context.has(1)) padding.pads = context.operands[1].constant->to_int64s();
  if (context.has(2)) padding.value = context.operands[2].constant->to_doubles().at(0);
  if (context.has(3)) {
    const auto all = for_all_axes(padding.pads, context.operands[3].constant->to_int64s(), rank);
    if (!all) return std::nullopt;
    padding.pads = *all;
  }
  const auto negative = [](std::int64_t pad) { return pad < 0; };
  if (rank < 3 || padding.pads.size() != 2 * rank || std::ranges::any_of(padding.pads, negative)) return std::nullopt;
  for (const std::size_t i : {std::size_t{0}, std::size_t{1}, rank, rank + 1}) {
    if (padding.pads[i] != 0) return std::nullopt;
  }
  return padding;
}

/// Whether no element of the tensor is negative, by the operator that makes it.
bool is_nonnegative(const Operator& maker) {
  return maker.epilogues.empty() && (maker.op == "Relu" || maker.op == "Sigmoid" || maker.op == "Abs");
}

/// The reader's own pads, zeros by default; none if it computes them itself.
std::optional<Integers> own_pads(const OpContext& context, std::size_t spatial) {
  const std::string mode = context.text("auto_pad", "NOTSET");
  if (mode != "NOTSET" && mode != "VALID") return std::nullopt;
  Integers pads = mode == "NOTSET" ? context.integers("pads", Integers(2 * spatial, 0)) : Integers(2 * spatial, 0);
  if (pads.size() != 2 * spatial) return std::nullopt;
  return pads;
}

/// Whether the reader sees an element that its own pads add as the Pad would have made it.
bool pads_alike(const OpContext& context, const Padding& padding, const Operator& source, const Integers& pads) {
  const bool has_pads = std::ranges::any_of(pads, [](std::int64_t pad) { return pad != 0; });
  const std::string& op = context.node.op;
  if (op == "Conv") return padding.value == 0;
  if (op == "AveragePool") {
    return padding.value == 0 && context.integer("ceil_mode", 0) == 0 &&
           (!has_pads || context.integer("count_include_pad", 0) != 0);
  }
  if (op != "MaxPool" || context.integer("ceil_mode", 0) != 0 || context.output_count != 1) return false;
  return padding.value == -std::numeric_limits<double>::infinity() || (padding.value == 0 && is_nonnegative(source));
}

/// Pools don't take windows that see nothing but padding.
bool fits_window(const OpContext& context, const Integers& pads) {
  if (context.node.op == "Conv") return true;
  const Integers kernel = context.integers("kernel_shape");
  for (std::size_t i = 0; i < pads.size(); ++i) {
    if (pads[i] >= kernel.at(i % kernel.size())) return false;
  }
  return true;
}

bool absorb(Rewrite& rewrite, NodeId node) {
  const std::string& op = rewrite[node].op;
  if (op != "Conv" && op != "AveragePool" && op != "MaxPool") return false;
  const auto use = rewrite.operand(node, 0);
  if (!use || rewrite.graph()[*use].view) return false;
  const NodeId pad = rewrite.graph().source(*use);
  if (rewrite[pad].op != "Pad" || !rewrite[pad].epilogues.empty()) return false;
  const auto padding = padding_of(rewrite.context(pad));
  const OpContext context = rewrite.context(node);
  const std::size_t rank = context.operands[0].type.shape.size();
  auto pads = own_pads(context, rank - 2);
  const auto data = rewrite.operand(pad, 0).value();
  if (!padding || !pads || !pads_alike(context, *padding, rewrite[rewrite.graph().source(data)], *pads)) return false;
  for (std::size_t i = 0; i < rank - 2; ++i) {
    (*pads)[i] += padding->pads[i + 2];
    (*pads)[i + rank - 2] += padding->pads[rank + i + 2];
  }
  if (!fits_window(context, *pads)) return false;
  auto& attributes = rewrite[node].attributes;
  attributes.insert_or_assign("pads", *pads);
  attributes.erase("auto_pad");
  if (op == "AveragePool") attributes.insert_or_assign("count_include_pad", std::int64_t{1});
  const auto& names = rewrite[pad].onnx_nodes;
  rewrite[node].onnx_nodes.insert(rewrite[node].onnx_nodes.begin(), names.begin(), names.end());
  rewrite.connect(rewrite.source(data), node, 0, rewrite.graph().type(data).shape);
  return true;
}

}  // namespace

/// Lets convolutions and poolings do the padding of a Pad before them.
std::size_t absorb_pads(TensorGraph& graph) {
  Rewrite rewrite(graph);
  std::size_t changes = 0;
  for (const auto node : rewrite.operators()) changes += absorb(rewrite, node);
  rewrite.commit();
  return changes;
}

}  // namespace sluice
