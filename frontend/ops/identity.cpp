#include "frontend/ops/elementwise.hpp"

/// Identity, and Dropout as inference sees it: y = x.
namespace sluice {
namespace {

Elementwise copying(std::string_view name) {
  return {.name = name,
          .real = [](const OpContext&, std::span<const double> x) { return x[0]; },
          .integer = [](const OpContext&, std::span<const std::int64_t> x) { return x[0]; },
          .scalar = [](const ScalarContext& context) { return context.x; },
          .scalar_takes_integers = true};
}

/// What only training needs is refused; the ratio has no meaning without it.
std::optional<Diagnostic> refuse_training(const OpContext& context) {
  if (context.output_count > 1) return context.error("the mask output is not supported", "it is for training only");
  const bool training = context.has(2) && (!context.operands[2].constant || context.operands[2].constant->bits(0) != 0);
  if (training) return context.error("training mode is not supported", "export the model for inference");
  return std::nullopt;
}

/// The same node with the data as its only operand.
OpContext data_alone(const OpContext& context) {
  return {.node = context.node, .operands = {context.operands.at(0)}, .output_count = 1};
}

}  // namespace

const OpDef& identity_op() {
  static const OpDef def = elementwise_op(copying("Identity"));
  return def;
}

const OpDef& dropout_op() {
  static const OpDef def = [] {
    const OpDef copy = elementwise_op(copying("Dropout"));
    OpDef dropout = copy;
    dropout.first_opset = 7;  // before, an attribute chose between training and inference
    dropout.attributes = {"ratio", "seed"};
    dropout.infer = [copy](const OpContext& context) -> Expected<std::vector<TensorType>> {
      if (auto refused = refuse_training(context)) return *std::move(refused);
      return copy.infer(data_alone(context));
    };
    dropout.evaluate = [copy](const OpContext& context) { return copy.evaluate(data_alone(context)); };
    dropout.lower = [copy](const OpContext& context) { return copy.lower(data_alone(context)); };
    return dropout;
  }();
  return def;
}

}  // namespace sluice
