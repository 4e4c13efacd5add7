#include <fmt/format.h>

#include <algorithm>

#include "frontend/ops/copy.hpp"
#include "frontend/ops/movement.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// Lengths of the parts: given, or all equal but perhaps for the last.
Expected<std::vector<std::int64_t>> part_lengths(const OpContext& context, std::int64_t extent) {
  const auto given = integer_list(context, 1, "split");
  if (!given) return given.errors();
  std::vector<std::int64_t> lengths;
  if (*given) {
    lengths = **given;
  } else {
    const std::int64_t parts = context.integer("num_outputs", context.output_count);
    if (parts < 1) return context.error(fmt::format("attribute 'num_outputs' is {}", parts));
    const std::int64_t length = (extent + parts - 1) / parts;
    for (std::int64_t i = 0; i < parts; ++i) lengths.push_back(std::min(length, extent - i * length));
  }
  std::int64_t sum = 0;
  bool negative = false;
  for (const auto length : lengths) {
    sum += length;
    negative = negative || length < 0;
  }
  if (negative || sum != extent || lengths.size() != static_cast<std::size_t>(context.output_count)) {
    return context.error(fmt::format("lengths {} don't divide the extent {} into {} parts", to_string(lengths), extent,
                                     context.output_count));
  }
  return lengths;
}

Expected<CopyPlan> plan(const OpContext& context) {
  const TensorType& x = context.operands[0].type;
  const auto axes = checked_axes(context, {context.integer("axis", 0)}, static_cast<int>(x.shape.size()));
  if (!axes) return axes.errors();
  const auto axis = static_cast<std::size_t>((*axes)[0]);
  const auto lengths = part_lengths(context, x.shape[axis]);
  if (!lengths) return lengths.errors();
  CopyPlan plan;
  std::int64_t start = 0;
  for (std::size_t i = 0; i < lengths->size(); ++i) {
    TensorType part = x;
    part.shape[axis] = (*lengths)[i];
    Copy copy = box_copy(context, 0, i, part.shape);
    copy.from[axis] = start;
    start += (*lengths)[i];
    plan.types.push_back(std::move(part));
    plan.copies.push_back(std::move(copy));
  }
  return plan;
}

}  // namespace

const OpDef& split_op() {
  static const OpDef def = copy_op("Split", {"axis", "num_outputs", "split"}, plan);
  return def;
}

}  // namespace sluice
