#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "frontend/ops/copy.hpp"
#include "frontend/ops/host_numbers.hpp"
#include "frontend/ops/movement.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// Elements added before and behind each axis (removed, where negative).
struct Amounts {
  std::vector<std::int64_t> before, after;
};

Expected<Amounts> amounts_of(const OpContext& context) {
  const std::size_t rank = context.operands[0].type.shape.size();
  const auto given = integer_list(context, 1, context.node.opset < 2 ? "paddings" : "pads");
  if (!given) return given.errors();
  const auto given_axes = integer_list(context, 3, "axes");
  if (!given_axes) return given_axes.errors();
  std::vector<std::int64_t> all(rank);
  std::iota(all.begin(), all.end(), 0);
  const auto axes = checked_axes(context, given_axes->value_or(all), static_cast<int>(rank));
  if (!axes) return axes.errors();
  const auto pads = given->value_or(std::vector<std::int64_t>());
  if (pads.size() != 2 * axes->size()) {
    return context.error(
        fmt::format("'pads' has {} numbers, but {} axes need {}", pads.size(), axes->size(), 2 * axes->size()));
  }
  Amounts amounts{std::vector<std::int64_t>(rank), std::vector<std::int64_t>(rank)};
  for (std::size_t i = 0; i < axes->size(); ++i) {
    amounts.before[static_cast<std::size_t>((*axes)[i])] = pads[i];
    amounts.after[static_cast<std::size_t>((*axes)[i])] = pads[axes->size() + i];
  }
  return amounts;
}

/// Bits of the element that constant padding consists of.
Expected<std::uint64_t> padding_bits(const OpContext& context) {
  const ElementType element = context.operands[0].type.element;
  if (context.has(2)) {
    const auto& value = context.operands[2].constant;
    if (value && value->size() == 1) return value->bits(0);
    return context.error("the padding value is not one constant", "make it an initializer of the model");
  }
  const double value = context.real("value", 0);
  if (scalar_type(element).is_float()) return tensor_of({element, {}}, std::vector{value}).bits(0);
  return tensor_of({element, {}}, std::vector{static_cast<std::int64_t>(value)}).bits(0);
}

/// The element that stands at `at`, perhaps outside 0 .. extent-1.
std::int64_t source_of(const std::string& mode, std::int64_t at, std::int64_t extent) {
  if (mode == "edge") return std::clamp<std::int64_t>(at, 0, extent - 1);
  if (mode == "wrap") return (at % extent + extent) % extent;
  if (extent == 1) return 0;
  const std::int64_t period = 2 * (extent - 1);
  const std::int64_t phase = (at % period + period) % period;
  return std::min(phase, period - phase);
}

Expected<CopyPlan> plan(const OpContext& context) {
  const TensorType& x = context.operands[0].type;
  const std::string mode = context.text("mode", "constant");
  if (mode != "constant" && mode != "edge" && mode != "reflect" && mode != "wrap") {
    return context.error(fmt::format("mode '{}' is none of constant, edge, reflect, wrap", mode));
  }
  const auto amounts = amounts_of(context);
  if (!amounts) return amounts.errors();
  CopyPlan plan{{x}, {copy_between(context, 0, 0, x.shape.size())}};
  Copy& copy = plan.copies[0];
  for (std::size_t axis = 0; axis < x.shape.size(); ++axis) {
    const std::int64_t before = amounts->before[axis];
    std::int64_t& extent = plan.types[0].shape[axis];
    extent += before + amounts->after[axis];
    if (extent < 1) return context.error(fmt::format("nothing is left of axis {}, {} long", axis, x.shape[axis]));
    std::vector<std::int64_t> sources;
    for (std::int64_t o = 0; o < extent; ++o) {
      sources.push_back(mode == "constant" ? o - before : source_of(mode, o - before, x.shape[axis]));
    }
    add_axis(copy, axis, axis, sources);
  }
  if (mode == "constant") {
    const auto bits = padding_bits(context);
    if (!bits) return bits.errors();
    copy.fill = *bits;
  }
  return plan;
}

}  // namespace

const OpDef& pad_op() {
  static const OpDef def = copy_op("Pad", {"mode", "paddings", "pads", "value"}, plan);
  return def;
}

}  // namespace sluice
