#include <algorithm>

#include "core/tensor/tensor.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// The operand's extents from `start` to `end`, which count from behind when negative.
std::vector<std::int64_t> extents(const OpContext& context) {
  const Shape& x = context.operands[0].type.shape;
  const auto rank = static_cast<std::int64_t>(x.size());
  const auto bound = [&](std::int64_t at) { return std::clamp<std::int64_t>(at < 0 ? at + rank : at, 0, rank); };
  const std::int64_t start = bound(context.integer("start", 0));
  const std::int64_t end = std::max(start, bound(context.integer("end", rank)));
  return {x.begin() + start, x.begin() + end};
}

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  return std::vector<TensorType>{{ElementType::int64, {static_cast<std::int64_t>(extents(context).size())}}};
}

std::vector<Tensor> evaluate(const OpContext& context) {
  const auto values = extents(context);
  return {Tensor::of(ElementType::int64, {static_cast<std::int64_t>(values.size())}, values)};
}

}  // namespace

const OpDef& shape_op() {
  static const OpDef def{.name = "Shape",
                         .attributes = {"end", "start"},
                         .infer = infer,
                         .evaluate = evaluate,
                         .lower = nullptr,
                         .scalar = nullptr};
  return def;
}

}  // namespace sluice
