#include "frontend/ops/op_def.hpp"
#include "frontend/ops/pooling.hpp"

namespace sluice {
namespace {

bool include_padding(const OpContext& context) { return context.integer("count_include_pad", 0) != 0; }

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  const auto pooling = pooling_of(context);
  if (!pooling) return pooling.errors();
  return pooled_types(context, *pooling);
}

Expected<Kernel> lower(const OpContext& context) {
  const auto pooling = pooling_of(context);
  if (!pooling) return pooling.errors();
  return lower_average(context, *pooling, include_padding(context));
}

}  // namespace

const OpDef& averagepool_op() {
  static const OpDef def{
      .name = "AveragePool",
      .attributes = {"auto_pad", "ceil_mode", "count_include_pad", "dilations", "kernel_shape", "pads", "strides"},
      .infer = infer,
      .evaluate =
          [](const OpContext& context) {
            return evaluate_average(context, pooling_of(context).value(), include_padding(context));
          },
      .lower = lower,
      .scalar = nullptr};
  return def;
}

}  // namespace sluice
