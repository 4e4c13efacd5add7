#include "frontend/ops/node_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <new>

namespace sluice {
namespace {

/// Calls an operator's function; what it throws becomes an error about the node.
template <typename Function>
auto guarded(const OpContext& context, const Function& function) -> decltype(function()) {
  try {
    return function();
  } catch (const WrongAttributeKind& error) {
    return context.error(error.what());
  } catch (const std::bad_alloc&) {
    return context.error("there is not enough memory for it");
  } catch (const std::exception& error) {
    return context.error(fmt::format("it can't be worked out: {}", error.what()), "please report this with the model");
  }
}

Expected<std::vector<TensorType>> infer_plain(const OpContext& context) {
  const OpDef* def = find_op(context.node.op);
  if (!def) return context.error("this operator is not known");
  auto types = guarded(context, [&] { return def->infer(context); });
  if (!types) return types;
  if (types->size() < static_cast<std::size_t>(context.output_count)) {
    return context.error(
        fmt::format("it has {} outputs where the operator makes {}", context.output_count, types->size()));
  }
  types->resize(static_cast<std::size_t>(context.output_count));
  return types;
}

Expected<std::vector<Tensor>> evaluate_plain(const OpContext& context) {
  const OpDef* def = find_op(context.node.op);
  if (!def || !def->evaluate) return context.error("this operator can't be evaluated on the host");
  auto values = guarded(context, [&] { return Expected<std::vector<Tensor>>(def->evaluate(context)); });
  if (!values) return values;
  if (values->size() < static_cast<std::size_t>(context.output_count)) {
    return context.error(fmt::format("its evaluation gives {} of {} outputs", values->size(), context.output_count));
  }
  values->resize(static_cast<std::size_t>(context.output_count));
  for (std::size_t i = 0; i < values->size(); ++i) {
    const TensorType& declared = context.node.outputs.at(i).type;
    if ((*values)[i].type() == declared) continue;
    return context.error(fmt::format("its evaluation gives {} where inference says {}", to_string((*values)[i].type()),
                                     to_string(declared)));
  }
  return values;
}

/// An operator that does what an epilogue of `host` does.
Operator operator_of(const Epilogue& epilogue, const Operator& host) {
  Operator op;
  op.name = host.name;
  op.op = epilogue.op;
  op.opset = host.opset;
  op.attributes = epilogue.attributes;
  op.outputs = {host.outputs.at(0)};
  return op;
}

/// The context in which an epilogue sees the result before it.
OpContext context_of(const Operator& op, const Epilogue& epilogue, Operand y) {
  OpContext context{.node = op, .operands = {std::move(y)}, .output_count = 1};
  for (const auto& constant : epilogue.constants) {
    context.operands.push_back(constant ? Operand{constant->type(), "", constant, true} : Operand{});
  }
  return context;
}

Operand operand_of(const TensorType& type, std::shared_ptr<const Tensor> value = nullptr) {
  return {type, "", std::move(value), true};
}

}  // namespace

Expected<std::vector<TensorType>> infer_node(const OpContext& context) {
  auto types = infer_plain(context);
  if (!types) return types;
  for (const auto& epilogue : context.node.epilogues) {
    const Operator op = operator_of(epilogue, context.node);
    const auto next = infer_plain(context_of(op, epilogue, operand_of(types->at(0))));
    if (!next) return next.errors();
    types->at(0) = next->at(0);
  }
  return types;
}

Expected<std::vector<Tensor>> evaluate_node(const OpContext& context) {
  if (context.node.epilogues.empty()) return evaluate_plain(context);
  const auto types = infer_plain(context);
  if (!types) return types.errors();
  Operator plain = context.node;
  plain.epilogues.clear();
  for (std::size_t i = 0; i < types->size(); ++i) plain.outputs.at(i).type = (*types)[i];
  auto values = evaluate_plain({.node = plain, .operands = context.operands, .output_count = context.output_count});
  if (!values) return values;
  for (const auto& epilogue : context.node.epilogues) {
    Operator op = operator_of(epilogue, context.node);
    const auto y = std::make_shared<const Tensor>(std::move(values->at(0)));
    const OpContext step = context_of(op, epilogue, operand_of(y->type(), y));
    const auto type = infer_plain(step);
    if (!type) return type.errors();
    op.outputs.at(0).type = type->at(0);
    auto next = evaluate_plain(step);
    if (!next) return next.errors();
    values->at(0) = std::move(next->at(0));
  }
  return values;
}

bool folds(const OpContext& context) {
  const OpDef* def = find_op(context.node.op);
  if (!def || !def->evaluate || def->keeps_constants || context.operands.empty()) return false;
  if (def->domain.empty() && (def->name == "Shape" || def->name == "Size")) return true;
  return std::ranges::all_of(context.operands, [](const Operand& o) { return !o.present || o.constant; });
}

Diagnostics verify_operators(const TensorGraph& graph) {
  Diagnostics diagnostics;
  for (const auto node : graph.nodes()) {
    const Operator& op = graph[node];
    if (op.op == "Input" || op.op == "Output" || op.op == "Constant") continue;
    const auto types = infer_node(context_of(graph, node));
    if (!types) append(diagnostics, types.errors());
    for (std::size_t i = 0; types && i < types->size(); ++i) {
      if ((*types)[i] == op.outputs[i].type) continue;
      diagnostics.push_back({op.name,
                             fmt::format("output '{}' is declared {}, but inference says {}", op.outputs[i].name,
                                         to_string(op.outputs[i].type), to_string((*types)[i])),
                             ""});
    }
  }
  return diagnostics;
}

}  // namespace sluice
