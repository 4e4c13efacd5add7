#include "frontend/ops/epilogue.hpp"

#include <fmt/format.h>

#include "frontend/ops/lowering.hpp"

namespace sluice {

Value apply_epilogues(const OpContext& context, NestBuilder& nest, Value value, const std::vector<AffineExpr>& index) {
  for (std::size_t i = 0; i < context.node.epilogues.size(); ++i) {
    const Epilogue& epilogue = context.node.epilogues[i];
    const Operator node{.name = context.node.name,
                        .op = epilogue.op,
                        .opset = context.node.opset,
                        .attributes = epilogue.attributes,
                        .outputs = {},
                        .constant = nullptr,
                        .epilogues = {},
                        .onnx_nodes = {}};
    std::vector<std::optional<Value>> operands;
    for (std::size_t k = 0; k < epilogue.constants.size(); ++k) {
      const auto& constant = epilogue.constants[k];
      if (!constant) {
        operands.emplace_back();
        continue;
      }
      const Operand operand{.type = constant->type(),
                            .tensor = fmt::format("{}_{}{}_{}", context.node.name, epilogue.op, i, k + 1),
                            .constant = constant,
                            .present = true};
      operands.emplace_back(operand_value(nest, operand, index));
    }
    value = find_op(epilogue.op)->scalar({node, nest, value, operands});
  }
  return value;
}

}  // namespace sluice
