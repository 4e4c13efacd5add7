#include "frontend/ops/copy.hpp"

#include <optional>

#include "frontend/ops/host_numbers.hpp"

namespace sluice {
namespace {

/// source[q * inner + r] = first + q * outer_step + r * inner_step.
struct EvenSteps {
  std::int64_t inner, outer_step, inner_step;
};

/// The two-level walk with `inner` sources in a row, if the sources are one.
std::optional<EvenSteps> even_steps(const std::vector<std::int64_t>& source, std::int64_t inner) {
  const auto count = static_cast<std::int64_t>(source.size());
  const auto at = [&](std::int64_t i) { return source[static_cast<std::size_t>(i)]; };
  const EvenSteps steps{inner, inner < count ? at(inner) - at(0) : 0, inner > 1 ? at(1) - at(0) : 0};
  for (std::int64_t i = 0; i < count; ++i) {
    if (at(i) != at(0) + i / inner * steps.outer_step + i % inner * steps.inner_step) return std::nullopt;
  }
  return steps;
}

/// The walk with the longest inner run; none if there is no even one.
std::optional<EvenSteps> find_even_steps(const std::vector<std::int64_t>& source) {
  const auto count = static_cast<std::int64_t>(source.size());
  for (std::int64_t inner = count; inner > 1; --inner) {
    if (count % inner != 0) continue;
    if (const auto steps = even_steps(source, inner)) return steps;
  }
  return even_steps(source, 1);
}

}  // namespace

Copy copy_between(const OpContext& context, std::size_t operand, std::size_t output, std::size_t output_rank) {
  return {.operand = operand,
          .output = output,
          .loops = {},
          .from = std::vector<std::int64_t>(context.operands[operand].type.shape.size()),
          .to = std::vector<std::int64_t>(output_rank),
          .tables = {}};
}

Copy box_copy(const OpContext& context, std::size_t operand, std::size_t output, const Shape& shape) {
  Copy copy = copy_between(context, operand, output, shape.size());
  for (std::size_t axis = 0; axis < shape.size(); ++axis) add_axis(copy, axis, shape[axis]);
  return copy;
}

void add_axis(Copy& copy, std::size_t axis, std::int64_t trip) {
  copy.loops.push_back({.trip = trip, .output_axis = axis, .input_axis = axis});
}

void add_axis(Copy& copy, std::size_t output_axis, std::size_t input_axis, const std::vector<std::int64_t>& source) {
  const auto count = static_cast<std::int64_t>(source.size());
  const auto steps = source.empty() ? EvenSteps{0, 0, 0} : find_even_steps(source);
  if (!steps) {
    copy.tables.push_back({.input_axis = input_axis, .loops = {copy.loops.size()}, .values = source});
    copy.loops.push_back({count, output_axis, 1, input_axis, 0});
    return;
  }
  if (!source.empty()) copy.from[input_axis] += source[0];
  if (steps->inner < count) {
    copy.loops.push_back({count / steps->inner, output_axis, steps->inner, input_axis, steps->outer_step});
  }
  copy.loops.push_back({steps->inner, output_axis, 1, input_axis, steps->inner_step});
}

OpDef copy_op(std::string_view name, std::vector<std::string_view> attributes,
              Expected<CopyPlan> (*plan)(const OpContext&)) {
  return {.name = name,
          .attributes = std::move(attributes),
          .infer = [plan](const OpContext& context) -> Expected<std::vector<TensorType>> {
            const auto planned = plan(context);
            if (!planned) return planned.errors();
            return planned->types;
          },
          .evaluate = [plan](const OpContext& context) { return evaluate_copies(context, plan(context).value()); },
          .lower = [plan](const OpContext& context) -> Expected<Kernel> {
            const auto planned = plan(context);
            if (!planned) return planned.errors();
            return lower_copies(context, planned->copies);
          },
          .scalar = nullptr};
}

std::vector<Tensor> evaluate_copies(const OpContext& context, const CopyPlan& plan) {
  std::vector<Tensor> outputs;
  for (const auto& type : plan.types) outputs.emplace_back(type);
  for (const auto& copy : plan.copies) {
    const Tensor& x = *context.operands[copy.operand].constant;
    Tensor& y = outputs[copy.output];
    const auto x_strides = row_major_strides(x.shape());
    const auto y_strides = row_major_strides(y.shape());
    Shape trips;
    for (const auto& loop : copy.loops) trips.push_back(loop.trip);
    if (element_count(trips) == 0) continue;
    std::vector<std::int64_t> at(trips.size());
    do {
      auto from = copy.from;
      std::int64_t to = flat_index(copy.to, y_strides);
      for (std::size_t i = 0; i < at.size(); ++i) {
        const auto& loop = copy.loops[i];
        to += at[i] * loop.output_step * y_strides[loop.output_axis];
        if (loop.input_step != 0) from[loop.input_axis] += at[i] * loop.input_step;
      }
      for (const auto& table : copy.tables) {
        std::int64_t entry = 0;
        for (const auto i : table.loops) entry = entry * trips[i] + at[i];
        from[table.input_axis] += table.values[static_cast<std::size_t>(entry)];
      }
      bool inside = true;
      for (std::size_t d = 0; d < from.size(); ++d) inside = inside && from[d] >= 0 && from[d] < x.shape()[d];
      y.set_bits(to, inside ? x.bits(flat_index(from, x_strides)) : copy.fill);
    } while (advance(at, trips));
  }
  return outputs;
}

}  // namespace sluice
