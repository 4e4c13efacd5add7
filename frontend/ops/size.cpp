#include "core/tensor/tensor.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {

const OpDef& size_op() {
  static const OpDef def{
      .name = "Size",
      .attributes = {},
      .infer = [](const OpContext&) -> Expected<std::vector<TensorType>> {
        return std::vector<TensorType>{{ElementType::int64, {}}};
      },
      .evaluate = [](const OpContext& context) -> std::vector<Tensor> {
        return {Tensor::of(ElementType::int64, {}, std::vector{element_count(context.operands[0].type.shape)})};
      },
      .lower = nullptr,
      .scalar = nullptr};
  return def;
}

}  // namespace sluice
