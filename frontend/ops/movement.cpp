#include "frontend/ops/movement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "frontend/ops/host_numbers.hpp"
#include "frontend/ops/loop_parts.hpp"
#include "frontend/ops/lowering.hpp"

namespace sluice {

Expected<std::optional<std::vector<std::int64_t>>> integer_list(const OpContext& context, std::size_t operand,
                                                                std::string_view attribute) {
  if (context.has(operand)) {
    const auto& constant = context.operands[operand].constant;
    if (constant) return std::optional(constant->to_int64s());
    return context.error(fmt::format("the operand '{}' is computed while the model runs", attribute),
                         "make it a constant; shapes must be known beforehand");
  }
  if (!context.node.attributes.contains(attribute)) return std::optional<std::vector<std::int64_t>>();
  return std::optional(context.integers(attribute));
}

Expected<std::vector<int>> checked_axes(const OpContext& context, const std::vector<std::int64_t>& axes, int rank) {
  std::vector<int> checked;
  for (const auto axis : axes) {
    const auto normal = normalized_axis(axis, rank);
    if (!normal) return context.error(fmt::format("axis {} is not one of a tensor of rank {}", axis, rank));
    if (std::ranges::find(checked, *normal) != checked.end()) {
      return context.error(fmt::format("axis {} is given twice", axis));
    }
    checked.push_back(*normal);
  }
  return checked;
}

Tensor moved(const Tensor& x, const Shape& shape,
             const std::function<std::int64_t(const std::vector<std::int64_t>&)>& source) {
  Tensor y({x.element(), shape});
  const std::size_t width = byte_width(x.element());
  std::vector<std::int64_t> index(shape.size());
  const std::int64_t count = y.size();
  for (std::int64_t i = 0; i < count; ++i, advance(index, shape)) {
    const std::int64_t from = source(index);
    if (from < 0) continue;
    std::memcpy(y.bytes().data() + static_cast<std::size_t>(i) * width,
                x.bytes().data() + static_cast<std::size_t>(from) * width, width);
  }
  return y;
}

std::vector<Tensor> evaluate_view(const OpContext& context, const Shape& shape) {
  return {context.operands[0].constant->reshaped(shape)};
}

Expected<Kernel> lower_view(const OpContext& context) {
  // One long row, unless epilogues need to know where they are.
  const Shape y_shape = context.node.outputs[0].type.shape;
  const Shape shape = context.node.epilogues.empty() ? Shape{element_count(y_shape)} : y_shape;
  Kernel kernel = kernel_for(context);
  Operand x = context.operands[0];
  x.type.shape = shape;
  const ArrayId x_array = operand_array(kernel, x);
  const ArrayId y_array = output_array(kernel, context);
  kernel.arrays[y_array.index()].shape = shape;
  std::vector<AffineExpr> index(shape.size());
  const auto rows = row_dimensions(shape);
  add_token_loops(kernel, shape, rows, index);
  NestBuilder nest(kernel, "copy");
  add_loops(nest, shape, other_dimensions(shape, rows), index);
  store_result(context, nest, y_array, index, nest.load(x_array, index));
  return kernel;
}

}  // namespace sluice
