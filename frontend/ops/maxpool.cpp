#include "frontend/ops/op_def.hpp"
#include "frontend/ops/pooling.hpp"

namespace sluice {
namespace {

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  if (context.output_count > 1) {
    return context.error("the output 'Indices' is not supported", "remove it from the model if nothing needs it");
  }
  const auto pooling = pooling_of(context);
  if (!pooling) return pooling.errors();
  return pooled_types(context, *pooling);
}

Expected<Kernel> lower(const OpContext& context) {
  const auto pooling = pooling_of(context);
  if (!pooling) return pooling.errors();
  return lower_maximum(context, *pooling);
}

}  // namespace

const OpDef& maxpool_op() {
  static const OpDef def{
      .name = "MaxPool",
      .attributes = {"auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "storage_order", "strides"},
      .infer = infer,
      .evaluate = [](const OpContext& context) { return evaluate_maximum(context, pooling_of(context).value()); },
      .lower = lower,
      .scalar = nullptr};
  return def;
}

}  // namespace sluice
