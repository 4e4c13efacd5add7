#include "frontend/ops/op_def.hpp"
#include "frontend/ops/pooling.hpp"

namespace sluice {
namespace {

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  const auto pooling = global_pooling_of(context);
  if (!pooling) return pooling.errors();
  return pooled_types(context, *pooling);
}

Expected<Kernel> lower(const OpContext& context) {
  const auto pooling = global_pooling_of(context);
  if (!pooling) return pooling.errors();
  return lower_average(context, *pooling, false);
}

}  // namespace

const OpDef& globalaveragepool_op() {
  static const OpDef def{
      .name = "GlobalAveragePool",
      .attributes = {},
      .infer = infer,
      .evaluate =
          [](const OpContext& context) { return evaluate_average(context, global_pooling_of(context).value(), false); },
      .lower = lower,
      .scalar = nullptr};
  return def;
}

}  // namespace sluice
