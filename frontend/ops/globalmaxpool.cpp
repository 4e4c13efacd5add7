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
  return lower_maximum(context, *pooling);
}

}  // namespace

const OpDef& globalmaxpool_op() {
  static const OpDef def{
      .name = "GlobalMaxPool",
      .attributes = {},
      .infer = infer,
      .evaluate =
          [](const OpContext& context) { return evaluate_maximum(context, global_pooling_of(context).value()); },
      .lower = lower,
      .scalar = nullptr};
  return def;
}

}  // namespace sluice
